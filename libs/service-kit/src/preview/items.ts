import { optional, type Schema } from '@cartage/contracts';
import { Previewed } from '@cartage/eventsourcing';
import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { preview, previewOf, type Preview } from './preview';
import { isPreviewing, previewedPublication } from './previewing';

/** An item of a batch, where it was only asked what it would do. */
export interface ItemPreview {
  readonly preview?: Preview;
}

/** What a batch answers: `preview` where nothing was done. */
export interface Items<Item> {
  readonly preview?: true;
  readonly items: readonly Item[];
}

export const itemPreview = { preview: optional(preview) };
const isPreview: Schema<true> = { json: { const: true, description: 'Nothing was done.' } };
export const itemsPreview = { preview: optional(isPreview) };

/** What an item would do, by how its step ended in a preview; nothing outside of one. A step that came to its end had nothing to decide. */
export const previewOfItem = (ended: unknown): ItemPreview => {
  const publication = previewedPublication();
  if (!publication) return {};
  return { preview: previewOf(ended instanceof Previewed ? ended : new Previewed([]), publication) };
};

/** The answer of a batch, each item by itself. */
export const answeredItems = <Item>(items: readonly Item[]): Items<Item> => (isPreviewing() ? { preview: true, items } : { items });

export const isItemsPreview = (payload: unknown): boolean =>
  isPreviewing() &&
  typeof payload === 'object' &&
  payload !== null &&
  'items' in payload &&
  'preview' in payload &&
  payload.preview === true;

const PREVIEWS_ITEMS = 'x-previews-items';

/** On a batch whose items are previewed each by itself. */
export const PreviewsItems = (): MethodDecorator => applyDecorators(ApiExtension(PREVIEWS_ITEMS, true));
export const previewsItemsExtension = PREVIEWS_ITEMS;
