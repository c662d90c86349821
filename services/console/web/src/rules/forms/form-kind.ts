import { kindIds, type KindId } from '../kinds/kind';

/** What is filled in as a form: a draft of rules, or what is to be otherwise in a fork of the past. */
export type FormKind = KindId | 'fork';

export const formKinds: readonly FormKind[] = [...kindIds, 'fork'];
