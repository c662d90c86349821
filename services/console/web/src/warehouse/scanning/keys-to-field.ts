/** What a scanner types beside the field would be lost, or taken for keys of the page. */
interface TypedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key that was pressed where nobody writes belongs to a scan. The space is a button's own. */
export const belongsToScan = ({ key, ctrlKey, metaKey, altKey }: TypedKey): boolean =>
  [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
