import { parsed, Trouble } from '../../client/client';
import { aclLinesOf, kafkaUsersOf, tableOf, usual, type Access, type Named } from './access';

export const usage = `Usage:
  npm run kafka-access -- table [--service order]
  npm run kafka-access -- acls [--service order] [--user cartage-{service}] [--bootstrap kafka:9092]
  npm run kafka-access -- strimzi [--service order] [--user cartage-{service}] [--cluster cartage] [--authentication scram-sha-512|tls]`;

const options = {
  service: { type: 'string' },
  user: { type: 'string', default: usual.user },
  bootstrap: { type: 'string', default: usual.bootstrap },
  cluster: { type: 'string', default: usual.cluster },
  authentication: { type: 'string', default: usual.authentication },
} as const;

type Form = (access: readonly Access[], named: Named) => string;

const forms: Readonly<Record<string, Form>> = {
  table: (access) => tableOf(access).join('\n'),
  acls: (access, named) => aclLinesOf(access, named).join('\n'),
  strimzi: (access, named) => kafkaUsersOf(access, named),
};

const authenticationOf = (text: string): Named['authentication'] => {
  if (text === 'scram-sha-512' || text === 'tls') return text;
  throw new Trouble(`--authentication is scram-sha-512 or tls, not ${text}.`);
};

/** It stands in shell lines and in YAML. */
const requirePlain = (name: string, text: string): string => {
  if (/^[\w.:,{}<>=-]{1,200}$/.test(text)) return text;
  throw new Trouble(`--${name} is made of letters, digits and . : , = - only, not ${text}.`);
};

const wanted = (access: readonly Access[], service: string | undefined): readonly Access[] => {
  const found = access.filter((each) => service === undefined || each.service === service);
  if (found.length > 0) return found;
  throw new Trouble(`--service ${service} is none of ${access.map((each) => each.service).join(', ')}.`);
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = (args: readonly string[], access: readonly Access[]): string => {
  const { values, positionals } = parsed(args, options, usage);
  const form = positionals.length === 1 ? forms[positionals[0] ?? ''] : undefined;
  if (!form) throw new Trouble(usage);
  const [user, bootstrap, cluster] = [
    requirePlain('user', values.user),
    requirePlain('bootstrap', values.bootstrap),
    requirePlain('cluster', values.cluster),
  ];
  if (!user.includes('{service}') && values.service === undefined)
    throw new Trouble('--user needs {service} in it: each service comes as a user of its own.');
  const named = { user, bootstrap, cluster, authentication: authenticationOf(values.authentication) };
  return form(wanted(access, values.service), named);
};
