import type { KindFile } from '../kind';
import { madeUpPlaces, madeUpStock, madeUpTariffs, madeUpTowns } from './made-up';
import { placeOf, shelfUnitsOf, tariffOf, townOf, type Place, type ShelfUnits, type TariffRow, type Town } from './reading';

const latitude = { name: 'latitude', required: true, about: 'degrees, north is above 0' };
const longitude = { name: 'longitude', required: true, about: 'degrees, east is above 0' };

export const locationsFile: KindFile<Place> = {
  ...{ name: 'locations', required: true, about: 'whence goods may be sent' },
  columns: [{ name: 'location', required: true, about: 'its code' }, latitude, longitude],
  rowOf: placeOf,
  sample: madeUpPlaces,
};
export const stockFile: KindFile<ShelfUnits> = {
  ...{ name: 'stock', required: false, about: 'what is there when the first judged order comes; without it that is assumed' },
  columns: [
    { name: 'location', required: true, about: 'where' },
    { name: 'sku', required: true, about: 'what' },
    { name: 'units', required: true, about: 'how many' },
  ],
  rowOf: shelfUnitsOf,
  sample: madeUpStock,
};
export const tariffsFile: KindFile<TariffRow> = {
  ...{ name: 'tariffs', required: false, about: 'what a fulfilment costs, the first row that is for it; without it that is assumed' },
  columns: [
    { name: 'location', required: false, about: 'only from there' },
    { name: 'up_to_km', required: false, about: 'only so far' },
    { name: 'amount', required: true, about: 'of a fulfilment, in minor units' },
    { name: 'per_unit', required: false, about: 'more for each unit' },
  ],
  rowOf: tariffOf,
  sample: madeUpTariffs,
};
export const destinationsFile: KindFile<Town> = {
  ...{ name: 'destinations', required: false, about: 'towns from which one is drawn for each order that does not say where it goes' },
  columns: [latitude, longitude, { name: 'weight', required: true, about: 'how many live there' }],
  rowOf: townOf,
  sample: madeUpTowns,
};
