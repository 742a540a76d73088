import type { Draw } from './draw.ts';
import type { Html } from './html.ts';
import type { SiteData } from './data.ts';

/** A page of the site. What a file in reports/site/pages default-exports; the file's name is the page's address. */
export interface SitePage {
  /** In the list of pages. */
  readonly title: string;
  /** The page as the question it answers. */
  readonly asks: string;
  /** Where it stands in the list, from 1. */
  readonly order: number;
  /** The page's body under its heading; undefined when nothing it shows exists in these runs: it is then left out. */
  render(site: SiteData, draw: Draw): Promise<Html | undefined>;
  /** A module of reports/site/components whose `show(root)` brings `<div id="live">` to life in the reader's browser. */
  readonly component?: string;
  /** A vendored library that `show(root, library)` is handed. */
  readonly library?: string;
}
