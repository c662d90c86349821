/** What the audit came to. */
export interface Audited {
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly lines: readonly string[];
}

type Severity = 'info' | 'low' | 'moderate' | 'high' | 'critical';

interface Vulnerability {
  readonly name: string;
  readonly severity: Severity;
  readonly range: string;
}

export interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
  /** What went wrong, where it is no report. */
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

const grave: ReadonlySet<Severity> = new Set(['high', 'critical']);

const lineOf = ({ severity, name, range }: Vulnerability): string => `${severity}: ${name} ${range}`;

/** Silence of a registry that does not audit is no good news. Grave ones of what runs end the pipeline; the others are told. */
export const auditOf = (report: AuditReport): Audited => {
  const { vulnerabilities, message, error } = report;
  if (vulnerabilities === undefined)
    return { outcome: 'not run', lines: [`Not run, for the package registry does not audit: ${message ?? error?.summary ?? 'no report'}`] };
  const found = Object.values(vulnerabilities);
  return { outcome: found.some(({ severity }) => grave.has(severity)) ? 'failed' : 'passed', lines: found.map(lineOf) };
};
