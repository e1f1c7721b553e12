// Entry of the part that draws the tree, loaded when somebody first looks at the view: activation needs none of it.
import { loadTranslations } from '../translations';
import { filterText } from './filterTexts';
import { toTooltip, toTreeItem } from './treeItem';
import { TreeModel } from './treeModel';

export interface Tree {
  readonly model: TreeModel;
  readonly toTreeItem: typeof toTreeItem;
  readonly toTooltip: typeof toTooltip;
  readonly filterText: typeof filterText;
}

export function openTree(...about: ConstructorParameters<typeof TreeModel>): Tree {
  loadTranslations();
  return { model: new TreeModel(...about), toTreeItem, toTooltip, filterText };
}
