import { carrier } from './carrier/kind';
import { demand } from './demand/kind';
import { fork } from './fork/kind';
import type { Kind } from './kind';
import { promise } from './promise/kind';
import { reorder } from './reorder/kind';
import { risk } from './risk/kind';
import { sourcing } from './sourcing/kind';

export const kinds: Readonly<Record<string, Kind>> = { demand, promise, carrier, reorder, sourcing, fork, risk };
