import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { Rows } from './rows.ts';

/** An assignment filter. */
export interface CloudFilter {
  readonly id: Guid;
  readonly name: string;
  readonly rule: string;
  readonly modifiedAt: Instant;
}

/** What evaluating a filter for an app and a device last gave; kept from the time on since which it has been so. */
export interface FilterEvaluation {
  readonly device: DeviceId;
  readonly app: Guid;
  readonly filter: Guid;
  readonly mode: 'include' | 'exclude';
  readonly matches: boolean;
  readonly at: Instant;
}

/** A user asked for an available app in Company Portal, or the service asks for an update of one the user asked for. */
export interface AppRequest {
  readonly app: Guid;
  readonly device: DeviceId;
  readonly user: Guid;
  readonly kind: 'user' | 'auto-update';
  /** Of an update: the device is told to install it now. */
  readonly due: boolean;
  readonly at: Instant;
}

/** A package that the Microsoft Store offers. */
export interface StorePackage {
  /** `9NBLGGH4NNS1` and the like. */
  readonly packageId: string;
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

/** Apps of the tenant beside their setup and assignments. */
export interface CloudAppService {
  readonly filters: Readonly<Record<string, CloudFilter>>;
  /** By device, then by `evaluationKey`. */
  readonly evaluations: Readonly<Record<string, Readonly<Record<string, FilterEvaluation>>>>;
  /** By device, then by `requestKey`: what users consented to. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, AppRequest>>>>;
  /** Marks of the last answers, by device and user: one that is the same again is nothing new. */
  readonly answers: Rows<string>;
  /** What the Microsoft Store offers, by package id. */
  readonly store: Readonly<Record<string, StorePackage>>;
}

export const evaluationKey = (app: string, filter: string): string => `${app}|${filter}`;
export const requestKey = (app: string, user: string): string => `${app}|${user}`;

export const noAppService: CloudAppService = {
  answers: Rows.none<string>(),
  filters: {},
  evaluations: {},
  requests: {},
  store: {},
};
