import { useEffect, useRef, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import type { Command, Doing } from './commands';

interface ListProps {
  readonly id: string;
  readonly chosen: string | undefined;
  readonly choose: (does: Doing) => void;
}

const CommandOption = ({ id, command, chosen, choose }: ListProps & { readonly command: Command }): ReactNode => {
  const option = useRef<HTMLDivElement>(null);
  const isChosen = chosen === command.id;
  useEffect(() => {
    if (isChosen) option.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <div
      ref={option}
      id={`${id}-${command.id}`}
      role="option"
      aria-selected={isChosen}
      className="palette-option"
      onPointerDown={(event) => {
        event.preventDefault();
        choose(command.does);
      }}
    >
      <bdi>{command.name}</bdi>
      {command.hint !== undefined && <span className="quiet">{command.hint}</span>}
    </div>
  );
};

const Group = ({ title, commands, ...list }: ListProps & { readonly title: string; readonly commands: readonly Command[] }): ReactNode =>
  commands.length > 0 && (
    <div role="group" aria-label={title}>
      <p className="palette-title quiet" aria-hidden="true">
        {title}
      </p>
      {commands.map((command) => (
        <CommandOption key={command.id} command={command} {...list} />
      ))}
    </div>
  );

interface PaletteListProps extends ListProps {
  readonly orders: readonly Command[];
  readonly items: readonly Command[];
  readonly others: readonly Command[];
}

export const PaletteList = ({ orders, items, others, ...list }: PaletteListProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div id={list.id} role="listbox" aria-label={say('palette')} className="palette-list">
      <Group title={say('palette.found')} commands={orders} {...list} />
      <Group title={say('stock.items')} commands={items} {...list} />
      <Group title={say('palette.commands')} commands={others} {...list} />
    </div>
  );
};
