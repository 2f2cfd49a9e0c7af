import type { Cmdlet } from './cmdlet.ts';
import { exportClixml, importClixml } from './data/clixml.ts';
import { convertFromStringData } from './data/convert-from-string-data.ts';
import './data/json-object.ts';
import { convertToHtml } from './data/convert-to-html.ts';
import { convertToXml } from './data/convert-to-xml.ts';
import { convertFromCsv, convertToCsv, exportCsv, importCsv } from './data/csv.ts';
import { selectXml } from './data/select-xml.ts';
import { compressArchive, expandArchive } from './files/archive.ts';
import { getFileHash } from './files/get-file-hash.ts';
import { newTemporaryFile } from './files/temporary-file.ts';
import { getJob, receiveJob, removeJob, stopJob, waitJob } from './jobs/job-cmdlets.ts';
import { startJob } from './jobs/start-job.ts';
import { startThreadJob } from './jobs/start-thread-job.ts';
import { getError } from './session/get-error.ts';
import { formatHex } from './text/format-hex.ts';
import { joinString } from './text/join-string.ts';
import { selectString } from './text/select-string.ts';

/** Cmdlets that read and write data formats, text, archives and jobs. */
export const dataCmdlets: readonly Cmdlet[] = [
  compressArchive,
  convertFromCsv,
  convertFromStringData,
  convertToCsv,
  convertToHtml,
  convertToXml,
  expandArchive,
  exportClixml,
  exportCsv,
  formatHex,
  getError,
  getFileHash,
  getJob,
  importClixml,
  importCsv,
  joinString,
  newTemporaryFile,
  receiveJob,
  removeJob,
  selectString,
  selectXml,
  startJob,
  startThreadJob,
  stopJob,
  waitJob,
];
