import type { Decider, Named } from './decider';
import type { Meta } from './event-store';
import { handling, type HandlingNeeds, type Send } from './handling';
import type { Handled } from './planning';
import { reading, type Reading } from './reading';
import type { RulesCommand, RulesEvent, RuleVersions } from './rule-versions';
import { StreamCache } from './stream-cache';

export type HandledRules<Rules> = Handled<RuleVersions<Rules>, RulesEvent<Rules>>;

export interface RuleBookNeeds<Rules, More extends Named> extends Pick<HandlingNeeds, 'store' | 'newId' | 'isPublic'> {
  readonly now: () => Date;
  /** The one stream that all versions and their use are in. */
  readonly stream: string;
  readonly decider: Decider<RulesCommand<Rules> | More, RuleVersions<Rules>, RulesEvent<Rules>>;
}

/** Rules that another process put in force are used after this long. */
const FRESH_MS = 1_000;

/** Rules as versioned data (`ruleVersions`): asked for by people, and read by whoever decides by them. */
export class RuleBook<Rules, More extends Named = never> {
  private readonly sending: Send<RulesCommand<Rules> | More, RuleVersions<Rules>, RulesEvent<Rules>>;
  private readonly reading: Reading<RuleVersions<Rules>, RulesEvent<Rules>>;
  private kept: { readonly at: number; readonly sets: Promise<RuleVersions<Rules>> } | undefined;

  constructor(private readonly needs: RuleBookNeeds<Rules, More>) {
    const { store, newId, decider, isPublic } = needs;
    const told = isPublic ? { isPublic } : {};
    const cache = new StreamCache<RuleVersions<Rules>, RulesEvent<Rules>>({});
    this.sending = handling<RulesCommand<Rules> | More, RuleVersions<Rules>, RulesEvent<Rules>>({ store, newId, ...told }, decider, {
      cache,
    });
    this.reading = reading<RuleVersions<Rules>, RulesEvent<Rules>>(store, decider, { cache });
  }

  draft({ rules, note }: { readonly rules: Rules; readonly note: string }, meta: Meta): Promise<HandledRules<Rules>> {
    return this.send({ type: 'DraftRules', data: { rules, note, ...this.by(meta) } }, meta);
  }

  activate({ version, note }: { readonly version: string; readonly note: string }, meta: Meta): Promise<HandledRules<Rules>> {
    return this.send({ type: 'ActivateRules', data: { version, note, ...this.by(meta) } }, meta);
  }

  rollBack(note: string, meta: Meta): Promise<HandledRules<Rules>> {
    return this.send({ type: 'RollBackRules', data: { note, ...this.by(meta) } }, meta);
  }

  async send(command: RulesCommand<Rules> | More, meta: Meta): Promise<HandledRules<Rules>> {
    const handled = await this.sending(this.needs.stream, command, meta);
    this.kept = { at: this.needs.now().getTime(), sets: Promise.resolve(handled.current) };
    return handled;
  }

  async all(): Promise<RuleVersions<Rules>> {
    return (await this.reading.load(this.needs.stream)).state;
  }

  /** For those who decide by them: read once in a while, and not for each decision. */
  current(): Promise<RuleVersions<Rules>> {
    const at = this.needs.now().getTime();
    if (this.kept && at - this.kept.at < FRESH_MS) return this.kept.sets;
    const kept = { at, sets: this.all() };
    this.kept = kept;
    kept.sets.catch(() => this.forget(kept));
    return kept.sets;
  }

  private forget(kept: { readonly at: number }): void {
    if (this.kept === kept) this.kept = undefined;
  }

  private by({ actor }: Meta): { readonly by: string; readonly now: string } {
    return { by: actor, now: this.needs.now().toISOString() };
  }
}
