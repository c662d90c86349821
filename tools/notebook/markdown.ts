const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);

/** Code first, so that nothing within it is taken for anything else; then links to the web, bold and italic. */
const inline = (text: string): string =>
  escaped(text)
    .split(/(`[^`]+`)/)
    .map((piece) =>
      /^`[^`]+`$/.test(piece)
        ? `<code>${piece.slice(1, -1)}</code>`
        : piece
            .replace(/\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g, '<a href="$2">$1</a>')
            .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
            .replace(/(^|\W)[*_]([^*_]+)[*_](?=\W|$)/g, '$1<em>$2</em>'),
    )
    .join('');

const blockOf = (block: string): string => {
  const [, marks, title = ''] = /^(#{1,4}) +(.*)$/s.exec(block) ?? [];
  if (marks !== undefined) return `<h${marks.length}>${inline(title)}</h${marks.length}>`;
  const lines = block.split('\n');
  if (lines.every((line) => line.startsWith('- '))) return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
  return `<p>${inline(block.replaceAll('\n', ' '))}</p>`;
};

/** As much of Markdown as a notebook needs: headings, paragraphs, lists, code, links, bold and italic. Nothing in it becomes markup by itself. */
export const htmlOf = (markdown: string): string =>
  markdown
    .split(/\n\s*\n/)
    .map((block) => blockOf(block.trim()))
    .join('\n');
