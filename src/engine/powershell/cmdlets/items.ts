import type { Cmdlet } from './cmdlet.ts';
import { getContent } from './content/get-content.ts';
import { outFile, teeObject } from './content/out-file.ts';
import { addContent, clearContent, setContent } from './content/set-content.ts';
import { copyItem, moveItem, renameItem } from './items/copy-move-item.ts';
import { getChildItem } from './items/get-child-item.ts';
import { getItem } from './items/get-item.ts';
import { getItemProperty, getItemPropertyValue } from './items/get-item-property.ts';
import { mkdir, newItem } from './items/new-item.ts';
import { removeItem } from './items/remove-item.ts';
import { clearItem, setItem } from './items/set-clear-item.ts';
import {
  clearItemProperty,
  copyItemProperty,
  moveItemProperty,
  newItemProperty,
  removeItemProperty,
  renameItemProperty,
  setItemProperty,
} from './items/set-item-property.ts';
import { testPath } from './items/test-path.ts';
import { getPSDrive, getPSProvider, newPSDrive, removePSDrive } from './paths/drives.ts';
import { getLocation, popLocation, pushLocation, setLocation } from './paths/location.ts';
import { convertPath, joinPathCmdlet, resolvePathCmdlet, splitPath } from './paths/path-text.ts';

/** Cmdlets of drives, items, properties and content. */
export const itemCmdlets: readonly Cmdlet[] = [
  addContent,
  clearContent,
  clearItem,
  clearItemProperty,
  convertPath,
  copyItem,
  copyItemProperty,
  getChildItem,
  getContent,
  getItem,
  getItemProperty,
  getItemPropertyValue,
  getLocation,
  getPSDrive,
  getPSProvider,
  joinPathCmdlet,
  mkdir,
  moveItem,
  moveItemProperty,
  newItem,
  newItemProperty,
  newPSDrive,
  outFile,
  popLocation,
  pushLocation,
  removeItem,
  removeItemProperty,
  removePSDrive,
  renameItem,
  renameItemProperty,
  resolvePathCmdlet,
  setContent,
  setItem,
  setItemProperty,
  setLocation,
  splitPath,
  teeObject,
  testPath,
];
