import { compare } from '../types/compare.ts';
import { ScriptError } from '../types/error-record.ts';
import { toText } from '../types/text.ts';
import { typeNamesOf, typeOf } from '../types/type-of.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';
import { customLines } from './custom-view.ts';
import type { DisplayOptions } from './display-text.ts';
import { displayText, enumerable, formatted, isScalarType, plainText } from './display-text.ts';
import type { Alignment, CustomLine, EntryInfo, PacketInfo, ShapeInfo } from './packets.ts';
import { defaultDisplaySet, displayProperty, propertyNames, readProperty } from './properties.ts';
import type { PropertySpec, ResolvedProperty } from './property-spec.ts';
import { named, resolveProperties, valueOf } from './property-spec.ts';
import type { ColumnSpec, Getter, GroupSpec, Shape, View } from './view.ts';
import { textLines } from './view.ts';
import { applies, viewFor } from './view-registry.ts';

export interface ShapeParameters {
  readonly properties: readonly PropertySpec[];
  readonly viewName?: string;
  readonly groupBy?: PropertySpec;
  readonly force: boolean;
  readonly autosize: boolean;
  readonly hideHeader: boolean;
  readonly wrap: boolean;
  readonly repeatHeader: boolean;
  /** Columns of Format-Wide. */
  readonly columns?: number;
  /** Levels of Format-Custom. */
  readonly depth: number;
  /** -ShowError: errors of calculated properties go to the error stream. */
  readonly onError?: (error: ScriptError) => void;
  /** -DisplayError: such a cell says `#ERR`. */
  readonly displayError: boolean;
  readonly expand?: 'CoreOnly' | 'EnumOnly' | 'Both';
}

export const noParameters: ShapeParameters = {
  properties: [],
  force: false,
  autosize: false,
  hideHeader: false,
  wrap: false,
  repeatHeader: false,
  depth: 5,
  displayError: false,
};

/** Thrown where -View names a view that the first object does not have. */
export class ViewNotFound extends Error {
  readonly object: Value;
  constructor(object: Value) {
    super('view not found');
    this.object = object;
  }
}

/** How the objects of one layout become entries. */
interface Generator {
  readonly view: View | undefined;
  readonly info: ShapeInfo;
  entry(value: Value): EntryInfo;
}

const columnsOfTable = 10;
const propertiesOfTable = 4;

/** Turns objects into packets: the first object decides the layout for all that follow. */
export class ShapeMaker {
  private readonly shape: Shape | undefined;
  private readonly parameters: ShapeParameters;
  private readonly desktop: boolean;
  private readonly limit: number;
  private readonly emit: (packet: PacketInfo) => void;
  private generator: Generator | undefined;
  private group: { readonly value: Value } | undefined;
  private grouping: ResolvedGroup | undefined;
  private inGroup = false;

  constructor(
    shape: Shape | undefined,
    parameters: ShapeParameters | undefined,
    options: { readonly desktop: boolean; readonly limit: number },
    emit: (packet: PacketInfo) => void,
  ) {
    this.shape = shape;
    this.parameters = parameters ?? noParameters;
    this.desktop = options.desktop;
    this.limit = options.limit;
    this.emit = emit;
  }

  private display(table: boolean): DisplayOptions {
    return { limit: this.limit, desktop: this.desktop, table };
  }

  object(value: Value): void {
    if (isNull(value)) return;
    const elements = enumerable(value);
    if (!elements) {
      this.one(value);
      return;
    }
    const expand = this.parameters.expand ?? 'EnumOnly';
    if (expand !== 'EnumOnly') this.one(value);
    if (expand !== 'CoreOnly') for (const element of elements) if (!isNull(element)) this.one(element);
  }

  private one(value: Value): void {
    if (!this.generator) {
      if (!this.parameters.force) {
        const beside = this.besideEntry(value, false);
        if (beside) {
          this.emit({ kind: 'entry', entry: beside, outOfBand: true });
          return;
        }
      }
      this.generator = this.makeGenerator(value);
      this.grouping = this.makeGrouping();
      this.emit({ kind: 'formatStart', shape: this.generator.info });
    } else if (
      !this.parameters.force &&
      !(this.generator.view ? applies(this.generator.view, value) : !this.isBeside(value))
    ) {
      const beside = this.besideEntry(value, true);
      if (beside) {
        this.emit({ kind: 'entry', entry: beside, outOfBand: true });
        return;
      }
    }
    this.changeGroup(value);
    this.emit({ kind: 'entry', entry: this.generator.entry(value), outOfBand: false });
  }

  end(): void {
    if (!this.generator) return;
    if (this.inGroup) this.emit({ kind: 'groupEnd' });
    this.emit({ kind: 'formatEnd' });
    this.generator = undefined;
    this.inGroup = false;
    this.group = undefined;
  }

  // --- beside the layout -------------------------------------------------------------------------------------------

  private isBeside(value: Value): boolean {
    return (
      viewFor(value, { outOfBand: true, desktop: this.desktop }) !== undefined ||
      isScalarType(value) ||
      propertyNames(value).length === 0
    );
  }

  /** What prints beside a layout: strings, numbers, records; with `always`, whatever the open layout cannot show. */
  private besideEntry(value: Value, always: boolean): EntryInfo | undefined {
    const view = viewFor(value, { outOfBand: true, desktop: this.desktop });
    if (view?.kind === 'custom') return { kind: 'custom', lines: view.lines(value, this.display(false)) };
    if (typeof value !== 'object' || isScalarType(value)) return { kind: 'text', text: plainText(value) };
    const names = propertyNames(value);
    if (names.length === 0) return { kind: 'text', text: plainText(value) };
    if (!always) return undefined;
    return listGenerator(this.listProperties(value), this.display(false), this.parameters).entry(value);
  }

  // --- layouts -----------------------------------------------------------------------------------------------------

  private makeGenerator(value: Value): Generator {
    const { shape, parameters, desktop } = this;
    if (shape === undefined || parameters.properties.length === 0) {
      const view = viewFor(value, { shape, name: parameters.viewName, desktop });
      if (view) return this.fromView(view);
      if (parameters.viewName !== undefined) throw new ViewNotFound(value);
    }
    return this.fromProperties(shape ?? this.chooseShape(value), value);
  }

  private chooseShape(value: Value): Shape {
    const count = defaultDisplaySet(value).length || propertyNames(value).length;
    return count <= propertiesOfTable ? 'table' : 'list';
  }

  private fromProperties(shape: Shape, value: Value): Generator {
    const { parameters } = this;
    switch (shape) {
      case 'table':
        return tableGenerator(this.tableProperties(value), value, this.display(true), parameters);
      case 'list':
        return listGenerator(
          parameters.properties.length > 0 ? undefined : this.listProperties(value),
          this.display(false),
          parameters,
        );
      case 'wide':
        return wideGenerator(value, this.display(false), parameters);
      case 'custom': {
        const options = this.display(false);
        return {
          view: undefined,
          info: { kind: 'custom' },
          entry: (object) => ({ kind: 'custom', lines: customLines(object, parameters, options) }),
        };
      }
    }
  }

  private tableProperties(value: Value): ResolvedProperty[] {
    const { properties } = this.parameters;
    if (properties.length > 0) return resolveProperties(properties, value, true);
    const set = defaultDisplaySet(value);
    return (set.length > 0 ? set : propertyNames(value).slice(0, columnsOfTable)).map(named);
  }
  private listProperties(value: Value): ResolvedProperty[] {
    const set = defaultDisplaySet(value);
    return (set.length > 0 ? set : propertyNames(value)).map(named);
  }

  private fromView(view: View): Generator {
    const { parameters, desktop } = this;
    const options = this.display(false);
    switch (view.kind) {
      case 'table':
        return {
          view,
          info: {
            kind: 'table',
            columns: view.columns.map((c) => ({
              label: c.label ?? (typeof c.get === 'string' ? c.get : ''),
              width: c.width ?? 0,
              alignment: c.align ?? 'left',
            })),
            autosize: parameters.autosize || (view.autosize ?? false),
            hideHeader: parameters.hideHeader || (view.hideHeader ?? false),
            repeatHeader: parameters.repeatHeader,
          },
          entry: (value) => ({
            kind: 'row',
            values: view.columns.map((c) => this.cell(c, value, options)),
            alignments: view.columns.map((c) => c.align),
            multiLine: parameters.wrap || (view.wrap ?? false),
          }),
        };
      case 'list':
        return {
          view,
          info: { kind: 'list' },
          entry: (value) => ({
            kind: 'list',
            fields: view.items.map((item): [string, string] => [
              item.label ?? (typeof item.get === 'string' ? item.get : ''),
              this.cell(item, value, options),
            ]),
          }),
        };
      case 'wide':
        return {
          view,
          info: { kind: 'wide', columns: parameters.columns ?? 2, autosize: parameters.autosize },
          entry: (value) => ({
            kind: 'wide',
            text: displayText(read(view.get, value, desktop), options),
            alignment: 'left',
          }),
        };
      case 'custom':
        return {
          view,
          info: { kind: 'custom' },
          entry: (value) => ({ kind: 'custom', lines: view.lines(value, options) }),
        };
    }
  }

  private cell(column: ColumnSpec, value: Value, options: DisplayOptions): string {
    const found = read(column.get, value, this.desktop);
    return column.format === undefined ? displayText(found, options) : formatted(found, column.format);
  }

  // --- groups ------------------------------------------------------------------------------------------------------

  private makeGrouping(): ResolvedGroup | undefined {
    const { groupBy } = this.parameters;
    if (groupBy) {
      return {
        read: (value) => {
          const [property] = resolveProperties([groupBy], value, true);
          return property ? valueOf(property, value).value : null;
        },
        label:
          groupBy.label ??
          (typeof groupBy.expression === 'string'
            ? groupBy.expression
            : groupBy.expression.text.replace(/^\{|\}$/g, '')),
        heading: undefined,
      };
    }
    const own = this.generator?.view?.groupBy;
    if (!own || this.parameters.properties.length > 0) return undefined;
    return {
      read: (value) => read(own.get, value, this.desktop),
      label: own.label ?? (typeof own.get === 'string' ? own.get : ''),
      heading: own.heading,
    };
  }

  private changeGroup(value: Value): void {
    const { grouping } = this;
    if (!grouping) {
      if (!this.inGroup) this.startGroup(undefined);
      return;
    }
    const next = grouping.read(value);
    if (this.inGroup && this.group && sameGroup(this.group.value, next)) return;
    if (this.inGroup) this.emit({ kind: 'groupEnd' });
    // The name is taken at the first change of the value, and the value starts as null.
    const name = this.group || !isNull(next) ? grouping.label : '';
    this.group = { value: next };
    if (grouping.heading) this.startGroup(isNull(next) ? undefined : grouping.heading(next, this.desktop));
    else this.startGroup([{ indent: 3, text: `${name}: ${displayText(next, this.display(false))}` }]);
  }
  private startGroup(label: readonly CustomLine[] | undefined): void {
    this.inGroup = true;
    this.emit({ kind: 'groupStart', label });
  }
}

interface ResolvedGroup {
  readonly read: (value: Value) => Value;
  readonly label: string;
  readonly heading: GroupSpec['heading'];
}

function sameGroup(a: Value, b: Value): boolean {
  try {
    return compare(a, b, true) === 0;
  } catch (error) {
    if (error instanceof ScriptError) return toText(a) === toText(b);
    throw error;
  }
}

function read(get: Getter, value: Value, desktop: boolean): Value {
  try {
    return typeof get === 'string' ? readProperty(value, get) : get(value, desktop);
  } catch (error) {
    if (error instanceof ScriptError) return null;
    throw error;
  }
}

/** Text of a property; an error in a script block leaves it blank unless -DisplayError asks for a mark. */
function textOf(
  property: ResolvedProperty,
  value: Value,
  options: DisplayOptions,
  parameters: ShapeParameters,
): string {
  const { value: found, failed } = valueOf(property, value);
  if (failed) {
    parameters.onError?.(failed);
    return parameters.displayError ? '#ERR' : '';
  }
  const format = property.spec?.format;
  return format === undefined || isNull(found) ? displayText(found, options) : formatted(found, format);
}

function defaultAlignment(property: ResolvedProperty, value: Value): Alignment {
  const { value: found } = valueOf(property, value);
  if (isNull(found) || typeof found === 'string' || typeOf(found)?.fullName === 'System.String')
    return 'left';
  return isScalarType(found) ? 'right' : 'left';
}

function tableGenerator(
  properties: readonly ResolvedProperty[],
  first: Value,
  options: DisplayOptions,
  parameters: ShapeParameters,
): Generator {
  return {
    view: undefined,
    info: {
      kind: 'table',
      columns: properties.map((p) => ({
        label: p.label,
        width: p.spec?.width ?? 0,
        alignment: p.spec?.alignment ?? defaultAlignment(p, first),
      })),
      autosize: parameters.autosize,
      hideHeader: parameters.hideHeader,
      repeatHeader: parameters.repeatHeader,
    },
    entry: (value) => ({
      kind: 'row',
      values: properties.map((p) => textOf(p, value, options, parameters)),
      alignments: properties.map(() => undefined),
      multiLine: parameters.wrap,
    }),
  };
}

function listGenerator(
  fixed: readonly ResolvedProperty[] | undefined,
  options: DisplayOptions,
  parameters: ShapeParameters,
): Generator {
  return {
    view: undefined,
    info: { kind: 'list' },
    entry: (value) => {
      const properties =
        parameters.properties.length > 0
          ? resolveProperties(parameters.properties, value, false)
          : listed(fixed, value);
      return {
        kind: 'list',
        fields: properties.map((p): [string, string] => [p.label, textOf(p, value, options, parameters)]),
      };
    },
  };
}
/** Each object of a list shows its own properties. */
function listed(fixed: readonly ResolvedProperty[] | undefined, value: Value): readonly ResolvedProperty[] {
  const set = defaultDisplaySet(value);
  if (set.length > 0) return set.map(named);
  const names = propertyNames(value);
  return names.length > 0 ? names.map(named) : (fixed ?? []);
}

function wideGenerator(first: Value, options: DisplayOptions, parameters: ShapeParameters): Generator {
  const [given] = parameters.properties;
  const property = given ? resolveProperties([given], first, true)[0] : undefined;
  return {
    view: undefined,
    info: { kind: 'wide', columns: parameters.columns ?? 2, autosize: parameters.autosize },
    entry: (value) => {
      if (property)
        return { kind: 'wide', text: textOf(property, value, options, parameters), alignment: 'left' };
      const name = displayProperty(value) ?? propertyNames(value)[0];
      return {
        kind: 'wide',
        text: name === undefined ? plainText(value) : displayText(readProperty(value, name), options),
        alignment: 'left',
      };
    },
  };
}

export const typeLabel = (value: Value): string => typeNamesOf(value)[0] ?? '';
export { textLines };
