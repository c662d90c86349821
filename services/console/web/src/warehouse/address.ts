/** What is done in a warehouse, in the order in which goods go through it. */
export const warehouseViews = ['pick', 'pack', 'handover'] as const;
export type WarehouseView = (typeof warehouseViews)[number];

export interface WarehouseAddress {
  /** Absent: the first. */
  readonly view?: WarehouseView;
}

/** Reads an address that anybody may have written. */
export const readWarehouseAddress = (search: Readonly<Record<string, unknown>>): WarehouseAddress => {
  const view = warehouseViews.find((each) => each === search['view']);
  return view === undefined ? {} : { view };
};
