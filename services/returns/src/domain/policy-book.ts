import { canonicalJson, deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { firstPolicy, type PolicyDraft, type ReturnPolicy } from './policy';
import { requireSound } from './policy-soundness';

/** Which policy it is, for whoever hears of it: what orders name it by, among the policies that they were sold under. */
export const POLICY_ID = 'returns';
/** The one stream that all return policies and their use are in. */
export const POLICY_BOOK = `rules-${POLICY_ID}`;

interface Decision {
  /** Why: for those who come after. */
  readonly note: string;
  readonly by: string;
}

export type PolicyEvent =
  | Named<'PolicyDrafted', Decision & { readonly policy: ReturnPolicy; readonly draftedAt: string }>
  /** Orders are sold under it from then on. Going back to an earlier one is the same. */
  | Named<'PolicyActivated', Decision & { readonly version: string; readonly replaces?: string; readonly activatedAt: string }>;

type Asked = Decision & { readonly version: string; readonly now: string };

export type PolicyCommand = Named<'DraftPolicy', Asked & { readonly draft: PolicyDraft }> | Named<'ActivatePolicy', Asked>;

export interface Activation extends Decision {
  readonly activatedAt: string;
}

/** A version, with who wrote it and since when orders were sold under it. */
export interface PolicyVersion {
  readonly policy: ReturnPolicy;
  readonly drafted?: Decision & { readonly at: string };
  /** The newest last. */
  readonly activations: readonly Activation[];
}

export interface PolicyBook {
  /** By version, the oldest first. */
  readonly versions: ReadonlyMap<string, PolicyVersion>;
  /** In the order in which they came into force; before the first of them the first policy holds. */
  readonly inForce: readonly { readonly version: string; readonly since: string }[];
}

const unknown = (version: string): Refused =>
  new Refused('POLICY_UNKNOWN', `There is no return policy ${version}. GET /returns/policies lists them.`, 'unknown');

export const requireVersion = ({ versions }: PolicyBook, version: string): PolicyVersion => {
  const found = versions.get(version);
  if (!found) throw unknown(version);
  return found;
};

/** What orders are sold under that are placed now. */
export const currentVersion = ({ inForce }: PolicyBook): string => inForce.at(-1)?.version ?? firstPolicy.version;

const versionAt = ({ inForce }: PolicyBook, instant: string): string =>
  inForce.findLast(({ since }) => since <= instant)?.version ?? firstPolicy.version;

/** What an order is judged by: the version that it names, or else the one that was in force when it was placed. Never another one. */
export const policyOfSale = (
  book: PolicyBook,
  { orderId, policy: version, placedAt }: { readonly orderId: string; readonly policy?: string; readonly placedAt: string },
): ReturnPolicy => {
  const found = book.versions.get(version ?? versionAt(book, placedAt));
  if (found) return found.policy;
  throw new Refused(
    'RETURN_POLICY_UNKNOWN',
    `Order ${orderId} was sold under the return policy ${version ?? ''}, which is not known here. Draft it under this name (POST /returns/policies), then ask again.`,
  );
};

/** A version says one thing for ever; drafted again in the same words, it is the same. */
const draft = (
  { version, draft: terms, note, by, now }: DataOf<PolicyCommand, 'DraftPolicy'>,
  book: PolicyBook,
): readonly PolicyEvent[] => {
  requireSound(terms);
  const policy: ReturnPolicy = { ...terms, version };
  const before = book.versions.get(version);
  if (before && canonicalJson(before.policy) === canonicalJson(policy)) return [];
  if (before)
    throw new Refused(
      'POLICY_EXISTS',
      `There is a return policy ${version} already, and it says something else. Take another name for this.`,
    );
  return [{ type: 'PolicyDrafted', data: { policy, note, by, draftedAt: now } }];
};

const activate = ({ version, note, by, now }: DataOf<PolicyCommand, 'ActivatePolicy'>, book: PolicyBook): readonly PolicyEvent[] => {
  requireVersion(book, version);
  const before = currentVersion(book);
  return before === version ? [] : [{ type: 'PolicyActivated', data: { version, replaces: before, note, by, activatedAt: now } }];
};

const noted = (
  book: PolicyBook,
  { version, replaces: _, ...activation }: DataOf<PolicyEvent, 'PolicyActivated'>,
): PolicyBook['versions'] => {
  const found = book.versions.get(version);
  return found ? new Map(book.versions).set(version, { ...found, activations: [...found.activations, activation] }) : book.versions;
};

/** Return policies: drafted, and put in force for what is sold from then on. */
export const policyBook: Decider<PolicyCommand, PolicyBook, PolicyEvent> = {
  initial: { versions: new Map([[firstPolicy.version, { policy: firstPolicy, activations: [] }]]), inForce: [] },
  evolve: evolving<PolicyBook, PolicyEvent>({
    PolicyDrafted: (book, { policy, note, by, draftedAt: at }) => ({
      ...book,
      versions: new Map(book.versions).set(policy.version, { policy, drafted: { note, by, at }, activations: [] }),
    }),
    PolicyActivated: (book, activation) => ({
      versions: noted(book, activation),
      inForce: [...book.inForce, { version: activation.version, since: activation.activatedAt }],
    }),
  }),
  decide: deciding<PolicyCommand, PolicyBook, PolicyEvent>({ DraftPolicy: draft, ActivatePolicy: activate }),
};
