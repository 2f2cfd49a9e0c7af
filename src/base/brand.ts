declare const brand: unique symbol;

/** A primitive with a name, so that an id or unit cannot be passed where another is meant. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
