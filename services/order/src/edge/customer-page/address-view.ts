import { escaped, hidden, idOf, paragraph } from '@cartage/service-kit';
import type { OpenPage } from '../../app/customer-page/customer-page';
import type { Address, PageGroup } from '../../app/customer-page/opened';
import { addressFields, type AddressField } from '../../app/customer-page/phrases';
import { longest } from '../../domain/placement';
import { fieldNames } from './form-reading';
import { backToOrder, describedBy, faultBeside, faultIn, faultsSaid, htmlOf, stepForm, type Said, type Voice } from './html';

/** As browsers know these fields, to fill them in. */
const autocomplete: Readonly<Record<AddressField, string>> = {
  lines: 'street-address',
  city: 'address-level2',
  region: 'address-level1',
  postalCode: 'postal-code',
};

const lengths: Readonly<Record<AddressField, number>> = {
  lines: longest.addressLine * 2,
  city: longest.city,
  region: longest.region,
  postalCode: longest.postalCode,
};

const before = ({ lines, city, region = '', postalCode = '' }: Address, field: AddressField): string =>
  ({ lines: lines.join('\n'), city, region, postalCode })[field];

const addressField = (voice: Voice, { address, said }: { readonly address: Address; readonly said: Said }, field: AddressField): string => {
  const name = fieldNames.address(field);
  const id = idOf(name);
  const fault = faultIn(said, field);
  const value = escaped(said.form ? (said.form.get(name) ?? '') : before(address, field));
  const common = `id="${id}" name="${name}" autocomplete="${autocomplete[field]}" maxlength="${lengths[field]}"${describedBy(id, fault)}`;
  const input = field === 'lines' ? `<textarea ${common} rows="3">${value}</textarea>` : `<input ${common} type="text" value="${value}">`;
  return `<label for="${id}">${escaped(voice.phrases.fields[field])}</label>${faultBeside(voice, id, fault)}${input}`;
};

const fieldsOf = (voice: Voice, { shipGroupId, address }: PageGroup & { readonly address: Address }, said: Said): readonly string[] => {
  const land = new Intl.DisplayNames([voice.language], { type: 'region' }).of(address.country) ?? address.country;
  return [
    hidden(fieldNames.group, shipGroupId),
    ...addressFields.map((field) => addressField(voice, { address, said }, field)),
    `<p>${escaped(voice.phrases.country)}: <strong>${escaped(land)}</strong></p>`,
  ];
};

/** Where what has not left is to go; what was typed stays, with what is wrong beside it. */
export const addressView = (
  voice: Voice,
  { order, form }: OpenPage,
  { group, said }: { readonly group: PageGroup; readonly said: Said },
): string => {
  const { phrases } = voice;
  const { address, move } = group;
  const obstacle = move?.obstacle ?? (address ? undefined : 'not-now');
  const body =
    obstacle === undefined && address
      ? `${paragraph(phrases.addressIntro)}${stepForm(voice, { form, step: 'address', says: phrases.save }, fieldsOf(voice, { ...group, address }, said))}`
      : paragraph(phrases.obstacles[obstacle ?? 'not-now']);
  return htmlOf(voice, `${phrases.offers.address}: ${order.number}`, `${faultsSaid(voice, said.faults)}${body}${backToOrder(voice)}`);
};
