import { carrier } from './carrier/kind';
import { demand } from './demand/kind';
import type { Kind } from './kind';
import { promise } from './promise/kind';

export const kinds: Readonly<Record<string, Kind>> = { demand, promise, carrier };
