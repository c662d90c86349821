import { carriers } from './carriers';
import type { KindId, RuleKind } from './kind';
import { prices } from './prices';
import { promises } from './promises';
import { returns } from './returns';
import { routing } from './routing';
import { templates } from './templates';
import { verification } from './verification';

/** A kind of rule is described by itself, and has its line here; every page works from that. */
export const ruleKinds: Readonly<Record<KindId, RuleKind>> = { routing, verification, returns, promises, carriers, prices, templates };
