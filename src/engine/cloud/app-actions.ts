/** What an administrator does with apps beside `app.create` and its like: filters, deletion, the Microsoft Store. */
export type AppAction =
  | { readonly action: 'app.delete'; readonly data: AppDelete }
  | { readonly action: 'store-app.create'; readonly data: StoreAppCreate }
  | { readonly action: 'store.publish'; readonly data: StorePublish }
  | { readonly action: 'filter.create'; readonly data: FilterCreate }
  | { readonly action: 'filter.update'; readonly data: FilterUpdate }
  | { readonly action: 'filter.delete'; readonly data: FilterDelete };

export type AppVerb = AppAction['action'];

/** Refused while the app depends on another, supersedes one, or another does so with it. */
export type AppDelete = { readonly app: string };

/** An assignment filter for managed Windows devices. */
export type FilterCreate = {
  readonly id?: string;
  readonly name: string;
  /** `(device.osVersion -startsWith "10.0.22") and (device.model -eq "Virtual Machine")` */
  readonly rule: string;
};

export type FilterUpdate = { readonly filter: string; readonly rule: string };

/** Refused while an assignment uses it. */
export type FilterDelete = { readonly filter: string };

/** How an assignment uses a filter: only devices that match, or only those that do not. */
export type AssignmentFilter = { readonly filter: string; readonly mode: 'include' | 'exclude' };

/** Not an administrator's act: a publisher puts a package, or a newer version of it, into the Microsoft Store. */
export type StorePublish = {
  readonly packageId: string;
  readonly name: string;
  readonly publisher: string;
  /** Four numbers. */
  readonly version: string;
};

/** Apps > Add > Microsoft Store app (new): a package that the Store offers; name and publisher come from there. */
export type StoreAppCreate = {
  readonly id?: string;
  readonly packageId: string;
  readonly name?: string;
  /** Install behaviour; default `user`. */
  readonly installContext?: 'system' | 'user';
};
