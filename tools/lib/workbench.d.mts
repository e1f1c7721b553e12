import type { Locator, Page } from 'playwright-core';

export interface ShownRow {
  /** 1 a host, 2 a VM, 3 a service. */
  level: number;
  label: string;
  description: string;
  /** Only where there is a box. */
  checked?: boolean;
}

export class Workbench {
  constructor(page: Page);
  static open<T extends Workbench>(this: new (page: Page) => T, page: Page, address: string): Promise<T>;
  readonly page: Page;
  readonly tree: Locator;
  openHyperVView(): Promise<void>;
  row(label: string): Locator;
  setExpanded(row: Locator, expanded: boolean): Promise<void>;
  rows(): Promise<ShownRow[]>;
  selectedLabels(): Promise<string[]>;
  cutLabels(): Promise<string[]>;
  iconColors(): Promise<ReadonlyMap<string, string>>;
  settled(of?: Locator): Promise<void>;
  heights(): Promise<{ view: number; rows: number }>;
  waitForRows(what: string, isAsWanted: (rows: readonly ShownRow[]) => boolean): Promise<ShownRow[]>;
  waitForHosts(): Promise<ShownRow[]>;
}

export function formatRows(rows: readonly ShownRow[]): string;
