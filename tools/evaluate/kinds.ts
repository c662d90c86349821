import { demand } from './demand/kind';
import type { Kind } from './kind';

export const kinds: Readonly<Record<string, Kind>> = { demand };
