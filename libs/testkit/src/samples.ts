import type { PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../contracts/golden');

/** The golden sample of a public event, to be told with the fields that a test is about: `{ ...sampleOf('OrderPlaced'), orderId }`. */
type Sample<Type extends PublicEvent['type']> = DataOf<PublicEvent, Type>;

/** The golden sample of a public event, to be told with the fields that a test is about: `{ ...sampleOf('OrderPlaced'), orderId }`. */
export const sampleOf = <Type extends PublicEvent['type']>(type: Type, version = 1): Sample<Type> =>
  JSON.parse(readFileSync(join(folder, `${type}.v${version}.json`), 'utf8')) as Sample<Type>;
