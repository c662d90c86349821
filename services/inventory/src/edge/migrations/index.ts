import { Analysis1764000006000 } from './analysis-1764000006000';
import { Availability1764000003000 } from './availability-1764000003000';
import { Barcodes1764000013000 } from './barcodes-1764000013000';
import { Carts1764000001100 } from './carts-1764000001100';
import { Catalogue1764000000100 } from './catalogue-1764000000100';
import { Channels1764000002000 } from './channels-1764000002000';
import { Costs1764000008000 } from './costs-1764000008000';
import { Counts1764000005000 } from './counts-1764000005000';
import { Forecasts1764000009000 } from './forecasts-1764000009000';
import { Foretold1764000010000 } from './foretold-1764000010000';
import { FoundItems1764000012000 } from './found-items-1764000012000';
import { Kits1764000001000 } from './kits-1764000001000';
import { Ledger1764000000000 } from './ledger-1764000000000';
import { Prices1764000000200 } from './prices-1764000000200';
import { Statements1764000007000 } from './statements-1764000007000';
import { Supply1764000002100 } from './supply-1764000002100';
import { ToldDemand1764000011000 } from './told-demand-1764000011000';
import { Transfers1764000002200 } from './transfers-1764000002200';
import { Watching1764000004000 } from './watching-1764000004000';

/** Oldest first. */
export const migrations = [
  Ledger1764000000000,
  Catalogue1764000000100,
  Prices1764000000200,
  Kits1764000001000,
  Carts1764000001100,
  Channels1764000002000,
  Supply1764000002100,
  Transfers1764000002200,
  Availability1764000003000,
  Watching1764000004000,
  Counts1764000005000,
  Analysis1764000006000,
  Statements1764000007000,
  Costs1764000008000,
  Forecasts1764000009000,
  Foretold1764000010000,
  ToldDemand1764000011000,
  FoundItems1764000012000,
  Barcodes1764000013000,
];
