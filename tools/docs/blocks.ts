/** A shell block of a page, and what it prints according to the page: the `text` block right below it, if there is one. */
export interface Block {
  readonly code: string;
  readonly prints?: string;
}

const fenced = /^```(bash|text)\n([\s\S]*?)^```$/gm;

/** The shell blocks of a Markdown page, in order. */
export const blocksOf = (page: string): readonly Block[] => {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of page.matchAll(fenced)) {
    const [whole, language, body = ''] = match;
    const last = blocks.at(-1);
    if (language === 'bash') blocks.push({ code: body.trimEnd() });
    else if (last && page.slice(end, match.index).trim() === '') blocks[blocks.length - 1] = { ...last, prints: body.trimEnd() };
    end = match.index + whole.length;
  }
  return blocks;
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether this was printed; `…` in what the page says stands for anything. */
export const isAsSaid = (said: string, printed: string): boolean =>
  new RegExp(`^${said.split('…').map(escaped).join('[\\s\\S]*?')}$`).test(printed.trim());
