import { differences } from '../../dialects/index.ts';
import { FormatPacket } from '../../format/packets.ts';
import type { Alignment } from '../../format/packets.ts';
import type { PropertySpec } from '../../format/property-spec.ts';
import { enumerationLimit } from '../../format/session-settings.ts';
import type { ShapeParameters } from '../../format/shape.ts';
import { ShapeMaker, ViewNotFound } from '../../format/shape.ts';
import type { Shape } from '../../format/view.ts';
import { viewNames } from '../../format/view-registry.ts';
import { toText } from '../../types/text.ts';
import { typeNameOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import type { PropertyArgument } from '../objects/property-argument.ts';
import { detailedError, propertyArguments } from '../objects/property-argument.ts';

const keysOf: Readonly<Record<Shape, readonly string[]>> = {
  table: ['label', 'name', 'expression', 'width', 'alignment', 'formatstring'],
  list: ['label', 'name', 'expression', 'formatstring'],
  wide: ['expression', 'formatstring'],
  custom: ['expression', 'depth'],
};
const alignments: readonly Alignment[] = ['left', 'center', 'right'];

function specOf(context: CmdletContext, argument: PropertyArgument): PropertySpec {
  const { entries } = argument;
  const label = entries.get('label');
  const width = entries.get('width');
  const alignment = entries.get('alignment');
  const format = entries.get('formatstring');
  let aligned: Alignment | undefined;
  if (alignment !== undefined) {
    const text = toText(alignment).toLowerCase();
    aligned = alignments.find((a) => text !== '' && a.startsWith(text));
    if (!aligned)
      detailedError(
        context,
        'AlignmentIllegalValue',
        'InvalidArgument',
        `The value "${toText(alignment)}" for key "alignment" is not valid; valid values are {left, center, right}.`,
      );
  }
  if (width !== undefined && Number(toText(width)) <= 0)
    detailedError(
      context,
      'WidthOutOfRange',
      'InvalidArgument',
      `The value ${toText(width)} for key "width" is not valid. The value must be greater than zero.`,
    );
  return {
    expression: argument.expression,
    ...(isNull(label ?? null) ? {} : { label: toText(label as Value) }),
    ...(width === undefined ? {} : { width: Number(toText(width)) }),
    ...(aligned ? { alignment: aligned } : {}),
    ...(isNull(format ?? null) ? {} : { format: toText(format as Value) }),
  };
}

const common: readonly CmdletParameter[] = [
  { name: 'GroupBy', type: 'object' },
  { name: 'View', type: 'string' },
  { name: 'ShowError', type: 'switch' },
  { name: 'DisplayError', type: 'switch' },
  { name: 'Force', type: 'switch' },
  { name: 'Expand', type: 'string', validate: [{ kind: 'set', values: ['CoreOnly', 'EnumOnly', 'Both'] }] },
  { name: 'InputObject', type: 'psobject', pipeline: true, allowNull: true },
];

const shapeNames: Readonly<Record<Shape, string>> = {
  table: 'Table',
  list: 'List',
  wide: 'Wide',
  custom: 'Custom',
};

/** A Format-* cmdlet: objects in, layout packets out. */
export function formatCmdlet(shape: Shape, alias: string, own: readonly CmdletParameter[]): Cmdlet {
  return {
    name: `Format-${shapeNames[shape]}`,
    ...(alias === '' ? {} : { aliases: [alias] }),
    module: 'Microsoft.PowerShell.Utility',
    typeName: `Microsoft.PowerShell.Commands.Format${shapeNames[shape]}Command`,
    parameters: [
      { name: 'Property', type: shape === 'wide' ? 'object' : 'object[]', position: 0 },
      ...own,
      ...common,
    ],
    start(context) {
      const properties = propertyArguments(context, context.list('Property'), keysOf[shape]).map((a) =>
        specOf(context, a),
      );
      const [groupBy] = context.has('GroupBy')
        ? propertyArguments(
            context,
            [context.get('GroupBy')],
            ['expression', 'label', 'name', 'formatstring'],
          ).map((a) => specOf(context, a))
        : [];
      const parameters: ShapeParameters = {
        properties,
        ...(context.has('View') ? { viewName: context.string('View') } : {}),
        ...(groupBy ? { groupBy } : {}),
        force: context.switch('Force'),
        autosize: context.switch('AutoSize'),
        hideHeader: context.switch('HideTableHeaders'),
        wrap: context.switch('Wrap'),
        repeatHeader: context.switch('RepeatHeader'),
        ...(context.has('Column') ? { columns: context.number('Column', 2) } : {}),
        depth: context.number('Depth', 5),
        displayError: context.switch('DisplayError'),
        ...(context.switch('ShowError') ? { onError: (error) => context.error(error.record) } : {}),
        ...(context.has('Expand') ? { expand: context.string('Expand') as 'CoreOnly' } : {}),
      };
      const maker = new ShapeMaker(
        shape,
        parameters,
        { desktop: differences.format.ellipsis.desktopIn(context.dialect), limit: enumerationLimit() },
        (packet) => context.write(new FormatPacket(packet)),
      );
      const one = (value: Value): void => {
        try {
          if (value instanceof FormatPacket) context.write(value);
          else maker.object(value);
        } catch (error) {
          if (error instanceof ViewNotFound) viewNotFound(context, shape, error.object);
          throw error;
        }
      };
      return {
        process() {
          const value = context.expectingInput ? context.input : context.get('InputObject');
          if (value !== automationNull) one(value);
          return undefined;
        },
        end() {
          maker.end();
          return undefined;
        },
      };
    },
  };
}

function viewNotFound(context: CmdletContext, shape: Shape, object: Value): never {
  const kind = shapeNames[shape];
  const view = context.string('View');
  const type = typeNameOf(object);
  const known = viewNames(object, shape, differences.format.views.desktopIn(context.dialect));
  const message =
    known.length === 0
      ? `The view name ${view} cannot be found. There are no existing ${kind} views for ${type} objects.`
      : `The view name ${view} cannot be found. Specify one of the following ${kind} views and try again:${known.map((n) => ` ${n}`).join(',')}.`;
  const record = context.record({
    id: 'FormatViewNotFound',
    category: 'ObjectNotFound',
    message,
    exception: 'System.Management.Automation.PipelineStoppedException',
  });
  return context.fail(record);
}
