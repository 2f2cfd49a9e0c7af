import type { QueueData } from '../../device/change.ts';
import { changeStatus } from './delta.ts';
import type { Delta } from './delta.ts';
import { jsonDate } from './collect.ts';
import type { Application } from './stored-inventory.ts';

/** 1: every program; 0: what changed. */
export type ReportType = 0 | 1;

/** The report as it is sent. */
export function reportOf(type: ReportType, changes: Delta): QueueData {
  const rows = (list: readonly Application[], status: number): QueueData[] =>
    list.map((one) => ({
      Application: {
        ApplicationId: one.id,
        ApplicationName: one.name,
        ApplicationVersion: one.version,
        ApplicationPublisher: one.publisher,
        ApplicationLanguage: one.language,
        ApplicationInstallDate: jsonDate(one.date),
      },
      Status: status,
    }));
  return {
    ApplicationInventory: [
      ...rows(changes.added, changeStatus.added),
      ...rows(changes.modified, changeStatus.modified),
      ...rows(changes.deleted, changeStatus.deleted),
    ],
    InventoryReportType: type,
  };
}

/** As .NET writes it: slashes of dates are escaped. */
export const reportText = (report: QueueData): string => JSON.stringify(report).replaceAll('/', '\\/');
