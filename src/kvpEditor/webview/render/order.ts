// Puts the children of an element in order with few moves.

/**
 * What is not among the nodes is removed. The node with the focus is never moved, as that would take focus and caret
 * away: the others move around it.
 */
export function putInOrder(parent: Element, nodes: readonly ChildNode[]): void {
  // A thousand new rows have twenty thousand parents.
  if (parent.firstChild === null) {
    parent.append(...nodes);
    return;
  }
  const staying = new Set<Node>(nodes);
  for (const node of [...parent.childNodes]) if (!staying.has(node)) node.remove();
  let next: ChildNode | null = null;
  for (const node of nodes.toReversed()) {
    if (node.parentNode !== parent) parent.insertBefore(node, next);
    else if (node.contains(document.activeElement)) moveFromBehind(node, next);
    else if (node.nextSibling !== next) parent.insertBefore(node, next);
    next = node;
  }
}

/** Whatever stands between the two goes to the front of the first, to be put in order from there. */
function moveFromBehind(node: ChildNode, next: ChildNode | null): void {
  while (node.nextSibling !== null && node.nextSibling !== next) node.before(node.nextSibling);
}
