/**
 * Persistent ordered set (AVL): `insert` and `remove` give a new tree that shares all but the path with the old one.
 * The order must be total and never change; an item equal to one that is there replaces it.
 */
export type OrderedTree<T> = TreeNode<T> | null;

interface TreeNode<T> {
  readonly item: T;
  readonly left: OrderedTree<T>;
  readonly right: OrderedTree<T>;
  readonly height: number;
  readonly size: number;
}

/** Below 0, 0 or above 0 as `a` comes before, with or after `b`. */
export type Compare<T> = (a: T, b: T) => number;

export const treeSize = <T>(tree: OrderedTree<T>): number => (tree === null ? 0 : tree.size);

export function treeInsert<T>(tree: OrderedTree<T>, item: T, compare: Compare<T>): TreeNode<T> {
  if (tree === null) return node(null, item, null);
  const order = compare(item, tree.item);
  if (order === 0) return node(tree.left, item, tree.right);
  return order < 0
    ? balance(treeInsert(tree.left, item, compare), tree.item, tree.right)
    : balance(tree.left, tree.item, treeInsert(tree.right, item, compare));
}

/** The same tree where the item is not in it. */
export function treeRemove<T>(tree: OrderedTree<T>, item: T, compare: Compare<T>): OrderedTree<T> {
  if (tree === null) return null;
  const order = compare(item, tree.item);
  if (order === 0) {
    if (tree.left === null) return tree.right;
    if (tree.right === null) return tree.left;
    return balance(tree.left, first(tree.right), withoutFirst(tree.right));
  }
  if (order < 0) {
    const left = treeRemove(tree.left, item, compare);
    return left === tree.left ? tree : balance(left, tree.item, tree.right);
  }
  const right = treeRemove(tree.right, item, compare);
  return right === tree.right ? tree : balance(tree.left, tree.item, right);
}

export function treeFirst<T>(tree: OrderedTree<T>): T | undefined {
  return tree === null ? undefined : first(tree);
}

export function treeWithoutFirst<T>(tree: OrderedTree<T>): OrderedTree<T> {
  return tree === null ? null : withoutFirst(tree);
}

/** Items in order, from the first for which `from` is not below 0 (of all, without it). */
export function* treeItems<T>(
  tree: OrderedTree<T>,
  from?: (item: T) => number,
): Generator<T, void, undefined> {
  const stack: TreeNode<T>[] = [];
  let at: OrderedTree<T> = tree;
  while (at !== null || stack.length > 0) {
    while (at !== null) {
      if (from !== undefined && from(at.item) < 0) at = at.right;
      else {
        stack.push(at);
        at = at.left;
      }
    }
    const next = stack.pop();
    if (next === undefined) return;
    yield next.item;
    at = next.right;
  }
}

function first<T>(tree: TreeNode<T>): T {
  let at = tree;
  while (at.left !== null) at = at.left;
  return at.item;
}

function withoutFirst<T>(tree: TreeNode<T>): OrderedTree<T> {
  return tree.left === null ? tree.right : balance(withoutFirst(tree.left), tree.item, tree.right);
}

const height = <T>(tree: OrderedTree<T>): number => (tree === null ? 0 : tree.height);

function node<T>(left: OrderedTree<T>, item: T, right: OrderedTree<T>): TreeNode<T> {
  return {
    item,
    left,
    right,
    height: Math.max(height(left), height(right)) + 1,
    size: treeSize(left) + treeSize(right) + 1,
  };
}

function balance<T>(left: OrderedTree<T>, item: T, right: OrderedTree<T>): TreeNode<T> {
  const lean = height(left) - height(right);
  if (lean > 1 && left !== null) {
    if (height(left.left) >= height(left.right))
      return node(left.left, left.item, node(left.right, item, right));
    const middle = left.right as TreeNode<T>;
    return node(node(left.left, left.item, middle.left), middle.item, node(middle.right, item, right));
  }
  if (lean < -1 && right !== null) {
    if (height(right.right) >= height(right.left))
      return node(node(left, item, right.left), right.item, right.right);
    const middle = right.left as TreeNode<T>;
    return node(node(left, item, middle.left), middle.item, node(middle.right, right.item, right.right));
  }
  return node(left, item, right);
}
