import { escaped, languageFor, moneyIn, pageStyle, publicPage } from '@cartage/service-kit';
import type { OpenedPayLink } from '../../app/pay-links';
import type { PayLinkStatus } from '../../domain/pay-links';

interface Phrases {
  readonly title: string;
  readonly button: string;
  readonly goOn: string;
  readonly says: { readonly [Status in PayLinkStatus]: string };
}

const en: Phrases = {
  ...{ title: 'Pay', button: 'Pay now', goOn: 'Go on' },
  says: {
    open: 'This is what is due.',
    begun: 'The payment was begun: go on where you were.',
    paid: 'All that is due is paid. Thank you.',
    expired: 'This link is too old. Please ask us for another one.',
    revoked: 'This link was taken back. Please ask us for another one.',
    waiting: 'We are looking at your payment. Please come back later.',
    refused: 'This cannot be paid by this link. Please ask us.',
  },
};

const phrases = {
  en,
  de: {
    ...{ title: 'Bezahlen', button: 'Jetzt bezahlen', goOn: 'Weiter' },
    says: {
      open: 'Dieser Betrag ist offen.',
      begun: 'Die Zahlung wurde begonnen: Machen Sie dort weiter.',
      paid: 'Alles ist bezahlt. Vielen Dank.',
      expired: 'Dieser Link ist abgelaufen. Bitte fragen Sie uns nach einem neuen.',
      revoked: 'Dieser Link gilt nicht mehr. Bitte fragen Sie uns nach einem neuen.',
      waiting: 'Wir prüfen Ihre Zahlung. Bitte kommen Sie später wieder.',
      refused: 'Mit diesem Link kann nicht bezahlt werden. Bitte fragen Sie uns.',
    },
  },
  es: {
    ...{ title: 'Pagar', button: 'Pagar ahora', goOn: 'Continuar' },
    says: {
      open: 'Este es el importe pendiente.',
      begun: 'El pago ya se inició: continúa donde lo dejaste.',
      paid: 'Está todo pagado. Gracias.',
      expired: 'Este enlace ha caducado. Pídenos otro.',
      revoked: 'Este enlace ya no es válido. Pídenos otro.',
      waiting: 'Estamos revisando tu pago. Vuelve más tarde.',
      refused: 'No se puede pagar con este enlace. Escríbenos.',
    },
  },
  fr: {
    ...{ title: 'Payer', button: 'Payer maintenant', goOn: 'Continuer' },
    says: {
      open: 'Voici le montant dû.',
      begun: 'Le paiement a été commencé : continuez où vous en étiez.',
      paid: 'Tout est payé. Merci.',
      expired: 'Ce lien a expiré. Demandez-nous-en un autre.',
      revoked: 'Ce lien n’est plus valable. Demandez-nous-en un autre.',
      waiting: 'Nous vérifions votre paiement. Revenez plus tard.',
      refused: 'Ce lien ne permet pas de payer. Écrivez-nous.',
    },
  },
  hi: {
    ...{ title: 'भुगतान करें', button: 'अभी भुगतान करें', goOn: 'आगे बढ़ें' },
    says: {
      open: 'इतनी राशि बाकी है।',
      begun: 'भुगतान शुरू हो चुका है: वहीं से आगे बढ़ें।',
      paid: 'पूरा भुगतान हो चुका है। धन्यवाद।',
      expired: 'इस लिंक की समय-सीमा समाप्त हो गई है। कृपया हमसे नया लिंक माँगें।',
      revoked: 'यह लिंक अब मान्य नहीं है। कृपया हमसे नया लिंक माँगें।',
      waiting: 'हम आपके भुगतान की जाँच कर रहे हैं। कृपया बाद में आएँ।',
      refused: 'इस लिंक से भुगतान नहीं हो सकता। कृपया हमसे संपर्क करें।',
    },
  },
  ar: {
    ...{ title: 'الدفع', button: 'ادفع الآن', goOn: 'متابعة' },
    says: {
      open: 'هذا هو المبلغ المستحق.',
      begun: 'بدأت عملية الدفع: تابع من حيث توقفت.',
      paid: 'تم دفع كل المستحق. شكرًا لك.',
      expired: 'انتهت صلاحية هذا الرابط. اطلب منا رابطًا آخر.',
      revoked: 'لم يعد هذا الرابط صالحًا. اطلب منا رابطًا آخر.',
      waiting: 'نراجع عملية الدفع. يُرجى العودة لاحقًا.',
      refused: 'لا يمكن الدفع بهذا الرابط. يُرجى التواصل معنا.',
    },
  },
} satisfies Readonly<Record<string, Phrases>>;
type Language = keyof typeof phrases;

/** The first is spoken to whoever reads none of them. */
const languages = ['en', 'ar', 'de', 'es', 'fr', 'hi'] as const satisfies readonly [Language, ...Language[]];

/** Begins the payment and goes where it is made. A form would need a body that this service takes nowhere. */
const SCRIPT = `document.querySelector('button').addEventListener('click', async ({ currentTarget: button }) => {
  button.disabled = true;
  const answer = await fetch(location.pathname.replace(/\\/page$/, '/payments'), { method: 'POST' }).then((each) => each.json()).catch(() => ({}));
  if (/^https:/.test(answer.action?.url ?? '')) location.assign(answer.action.url);
  else location.reload();
});`;

const STYLE = `${pageStyle}.due{font-size:1.6em}`;

const page = publicPage({ style: STYLE, script: SCRIPT });
export const pageHeaders = page.headers;

/** What is due, and the way on. */
const wayOn = (link: OpenedPayLink, locale: string, { button, goOn }: Phrases): string => {
  const { reference } = link.action ?? {};
  return [
    `<p class="due">${moneyIn(locale, link.currency, link.due)}</p>`,
    reference === undefined ? '' : `<p><code>${escaped(reference)}</code></p>`,
    `<button type="button">${link.status === 'begun' ? goOn : button}</button>`,
  ].join('\n');
};

const canPay = ({ status }: OpenedPayLink): boolean => status === 'open' || status === 'begun';

/** A page for whoever has no shop of his own to show the link in. */
export const payLinkPage = (link: OpenedPayLink, acceptLanguage: string | undefined): string => {
  const language = languageFor(languages, { acceptLanguage });
  const words = phrases[language];
  const runs = canPay(link);
  const body = `<h1>${words.title}</h1>\n<p>${words.says[link.status]}</p>\n${runs ? wayOn(link, language, words) : ''}`;
  return page.html({ language, title: words.title, body, runs });
};
