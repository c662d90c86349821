import { stepped } from '../keys/stepping';

/** What is offered beneath a box, and which of it the arrow keys are at: none, until they were pressed. */
export interface Offered {
  readonly isOpen: boolean;
  readonly count: number;
  readonly at: number | undefined;
}

export type Doing = { readonly do: 'go'; readonly at: number } | { readonly do: 'take'; readonly at: number } | { readonly do: 'close' };

export interface Pressed {
  readonly key: string;
  /** With Alt, Ctrl or Meta, or while a word is being put together, as Chinese is: it is not for the list. */
  readonly isForOthers: boolean;
}

const goes = ({ count, at }: Offered, by: 1 | -1): Doing => ({
  do: 'go',
  at: at === undefined ? stepped(by === 1 ? -1 : 0, by, count) : stepped(at, by, count),
});

const keys: Readonly<Record<string, (offered: Offered & { readonly isOpen: true }) => Doing | undefined>> = {
  ArrowDown: (offered) => goes(offered, 1),
  ArrowUp: (offered) => goes(offered, -1),
  Enter: ({ at }) => (at === undefined ? undefined : { do: 'take', at }),
  Escape: () => ({ do: 'close' }),
};

/** What a key does to what is offered. Nothing: it is as if nothing were offered; so Enter after a whole SKU, as a scanner types it, sends what was typed and waits for no list. */
export const pressed = ({ key, isForOthers }: Pressed, offered: Offered): Doing | undefined =>
  offered.isOpen && offered.count > 0 && !isForOthers ? keys[key]?.({ ...offered, isOpen: true }) : undefined;
