import type { ReactNode } from 'react';

interface FileFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly onChoose: (file: File | undefined) => void;
  readonly isRequired?: boolean;
}

/** A file of the reader: tables as CSV, or a JSON object a line. */
export const FileField = ({ label, hint, onChoose, isRequired = false }: FileFieldProps): ReactNode => (
  <label className="field">
    {label}
    <input
      type="file"
      accept=".csv,.txt,.ndjson,.jsonl,text/csv,application/x-ndjson"
      required={isRequired}
      onChange={({ target }) => onChoose(target.files?.[0])}
    />
    {hint !== undefined && <span className="quiet">{hint}</span>}
  </label>
);
