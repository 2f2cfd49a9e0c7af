import menu from '@fluentui/svg-icons/icons/navigation_20_regular.svg?raw';
import play from '@fluentui/svg-icons/icons/play_16_regular.svg?raw';
import pause from '@fluentui/svg-icons/icons/pause_16_regular.svg?raw';
import next from '@fluentui/svg-icons/icons/next_16_regular.svg?raw';
import check from '@fluentui/svg-icons/icons/checkmark_16_regular.svg?raw';
import checkCircle from '@fluentui/svg-icons/icons/checkmark_circle_16_regular.svg?raw';
import cross from '@fluentui/svg-icons/icons/dismiss_16_regular.svg?raw';
import crossCircle from '@fluentui/svg-icons/icons/dismiss_circle_16_regular.svg?raw';
import circle from '@fluentui/svg-icons/icons/circle_16_regular.svg?raw';
import info from '@fluentui/svg-icons/icons/info_16_regular.svg?raw';
import warning from '@fluentui/svg-icons/icons/warning_16_regular.svg?raw';
import error from '@fluentui/svg-icons/icons/error_circle_16_regular.svg?raw';
import chevronDown from '@fluentui/svg-icons/icons/chevron_down_16_regular.svg?raw';
import chevronRight from '@fluentui/svg-icons/icons/chevron_right_16_regular.svg?raw';
import chevronUp from '@fluentui/svg-icons/icons/chevron_up_16_regular.svg?raw';
import folder from '@fluentui/svg-icons/icons/folder_16_regular.svg?raw';
import folderFilled from '@fluentui/svg-icons/icons/folder_16_filled.svg?raw';
import document from '@fluentui/svg-icons/icons/document_16_regular.svg?raw';
import log from '@fluentui/svg-icons/icons/text_bullet_list_16_regular.svg?raw';
import key from '@fluentui/svg-icons/icons/key_16_regular.svg?raw';
import code from '@fluentui/svg-icons/icons/code_16_regular.svg?raw';
import console from '@fluentui/svg-icons/icons/window_console_20_regular.svg?raw';
import history from '@fluentui/svg-icons/icons/history_16_regular.svg?raw';
import hint from '@fluentui/svg-icons/icons/lightbulb_16_regular.svg?raw';
import lock from '@fluentui/svg-icons/icons/lock_closed_16_regular.svg?raw';
import flag from '@fluentui/svg-icons/icons/flag_16_regular.svg?raw';
import search from '@fluentui/svg-icons/icons/search_16_regular.svg?raw';
import copy from '@fluentui/svg-icons/icons/copy_16_regular.svg?raw';
import pin from '@fluentui/svg-icons/icons/pin_16_regular.svg?raw';
import pinOff from '@fluentui/svg-icons/icons/pin_off_16_regular.svg?raw';
import more from '@fluentui/svg-icons/icons/more_horizontal_16_regular.svg?raw';
import splitRight from '@fluentui/svg-icons/icons/split_vertical_16_regular.svg?raw';
import add from '@fluentui/svg-icons/icons/add_16_regular.svg?raw';
import undo from '@fluentui/svg-icons/icons/arrow_undo_16_regular.svg?raw';
import save from '@fluentui/svg-icons/icons/save_16_regular.svg?raw';
import branch from '@fluentui/svg-icons/icons/branch_fork_16_regular.svg?raw';
import camera from '@fluentui/svg-icons/icons/camera_16_regular.svg?raw';
import clock from '@fluentui/svg-icons/icons/clock_16_regular.svg?raw';
import arrowRight from '@fluentui/svg-icons/icons/arrow_right_16_regular.svg?raw';
import arrowDown from '@fluentui/svg-icons/icons/arrow_down_16_regular.svg?raw';
import arrowUp from '@fluentui/svg-icons/icons/arrow_up_16_regular.svg?raw';
import number from '@fluentui/svg-icons/icons/number_symbol_16_regular.svg?raw';
import text from '@fluentui/svg-icons/icons/text_t_16_regular.svg?raw';
import binary from '@fluentui/svg-icons/icons/code_block_16_regular.svg?raw';
import registry from '@fluentui/svg-icons/icons/table_16_regular.svg?raw';
import home from '@fluentui/svg-icons/icons/home_16_regular.svg?raw';
import person from '@fluentui/svg-icons/icons/person_16_regular.svg?raw';
import shield from '@fluentui/svg-icons/icons/shield_16_regular.svg?raw';
import laptop from '@fluentui/svg-icons/icons/laptop_16_regular.svg?raw';
import question from '@fluentui/svg-icons/icons/question_circle_16_regular.svg?raw';
import open from '@fluentui/svg-icons/icons/open_16_regular.svg?raw';
import target from '@fluentui/svg-icons/icons/target_16_regular.svg?raw';
import refresh from '@fluentui/svg-icons/icons/arrow_clockwise_16_regular.svg?raw';
import rename from '@fluentui/svg-icons/icons/rename_16_regular.svg?raw';
import filter from '@fluentui/svg-icons/icons/filter_16_regular.svg?raw';
import runAll from '@fluentui/svg-icons/icons/play_16_filled.svg?raw';
import panelLeft from '@fluentui/svg-icons/icons/panel_left_16_regular.svg?raw';
import timer from '@fluentui/svg-icons/icons/timer_16_regular.svg?raw';
import list from '@fluentui/svg-icons/icons/list_16_regular.svg?raw';
import follow from '@fluentui/svg-icons/icons/arrow_download_16_regular.svg?raw';
import problemUp from '@fluentui/svg-icons/icons/arrow_up_exclamation_16_regular.svg?raw';
import problemDown from '@fluentui/svg-icons/icons/arrow_down_exclamation_16_regular.svg?raw';
import drive from '@fluentui/svg-icons/icons/hard_drive_16_regular.svg?raw';
import scriptFile from '@fluentui/svg-icons/icons/document_code_16_regular.svg?raw';
import runSelection from '@fluentui/svg-icons/icons/play_circle_hint_16_regular.svg?raw';

/** Fluent System Icons by the name the window uses, as SVG text of which only size and paths are read. */
const sources = {
  menu,
  play,
  pause,
  next,
  check,
  checkCircle,
  cross,
  crossCircle,
  circle,
  info,
  warning,
  error,
  chevronDown,
  chevronRight,
  chevronUp,
  folder,
  folderFilled,
  document,
  log,
  key,
  code,
  console,
  history,
  hint,
  lock,
  flag,
  search,
  copy,
  pin,
  pinOff,
  more,
  splitRight,
  add,
  undo,
  save,
  branch,
  camera,
  clock,
  arrowRight,
  arrowDown,
  arrowUp,
  number,
  text,
  binary,
  registry,
  home,
  person,
  shield,
  laptop,
  question,
  open,
  target,
  refresh,
  rename,
  filter,
  runAll,
  panelLeft,
  timer,
  list,
  follow,
  problemUp,
  problemDown,
  drive,
  scriptFile,
  runSelection,
} as const;

export type IconName = keyof typeof sources;

export interface IconShape {
  readonly size: number;
  readonly paths: readonly string[];
}

const shapes = new Map<IconName, IconShape>();

export function iconShape(name: IconName): IconShape {
  const known = shapes.get(name);
  if (known) return known;
  const source = sources[name];
  const size = Number(/viewBox="0 0 (\d+)/.exec(source)?.[1] ?? 16);
  const paths = [...source.matchAll(/ d="([^"]+)"/g)].map((match) => match[1] ?? '');
  const shape = { size, paths };
  shapes.set(name, shape);
  return shape;
}
