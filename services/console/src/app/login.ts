/** Where people log in, as the program in the browser is told. */
export interface LoginPlace {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly audience?: string;
}

/** What the program in the browser is told before it begins. */
export interface ConsoleTerms {
  /** Null: nobody is asked who they are, or a gateway in front has asked already. */
  readonly login: LoginPlace | null;
}

export interface LetIn {
  readonly AUTH: 'none' | 'oidc' | 'upstream';
  readonly AUTH_ISSUER?: readonly string[] | undefined;
  readonly AUTH_AUDIENCE?: readonly string[] | undefined;
}

/** People log in at the first issuer; the others are those of machines. */
export const termsOf = ({ AUTH, AUTH_ISSUER, AUTH_AUDIENCE }: LetIn, client: Pick<LoginPlace, 'clientId' | 'scope'>): ConsoleTerms => {
  const [issuer] = AUTH_ISSUER ?? [];
  if (AUTH !== 'oidc' || issuer === undefined) return { login: null };
  const [audience] = AUTH_AUDIENCE ?? [];
  return { login: { issuer, ...client, ...(audience === undefined ? {} : { audience }) } };
};
