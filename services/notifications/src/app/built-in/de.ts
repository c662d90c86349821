import type { Phrases } from './layout';

export const de: Phrases = {
  greeting: 'Guten Tag {name},',
  total: 'Gesamtbetrag',
  delivery: 'Versand',
  discount: 'Rabatt',
  colon: ':',
  parcel: '{carrier}, Sendungsnummer {trackingNumber}',
  closing: 'Ihre Bestellung {number} bei {brand}. Bitte halten Sie diese Nummer bereit, wenn Sie uns schreiben.',
  ...{ orderPage: 'Ihre Bestellung ansehen und was Sie ändern können', sendBack: 'Etwas zurückschicken' },
  customsPaper: 'Zollpapier: bitte ausdrucken und außen am Paket anbringen',
  messages: {
    'order-confirmation': {
      subject: 'Ihre Bestellung {number}',
      body: [
        'Vielen Dank für Ihre Bestellung. Sie ist bei uns eingegangen.',
        ['sent', 'Wir melden uns, sobald sie unterwegs ist.'],
        ['promised', 'Sie sollte spätestens am {promised, date, long} bei Ihnen sein.'],
      ],
    },
    'order-edited': {
      subject: 'Ihre Bestellung {number} wurde geändert',
      body: ['So sieht Ihre Bestellung jetzt aus.', ['before', 'Vorher betrug der Gesamtbetrag {before}, jetzt {total}.']],
    },
    'order-cancelled': {
      subject: 'Storniert aus Ihrer Bestellung {number}',
      body: [
        '{units, plural, one {Ein Artikel} other {# Artikel}} aus Ihrer Bestellung {units, plural, one {wird} other {werden}} nicht geliefert.',
        'Der Warenwert von {value} wird nicht berechnet. Was Sie dafür bereits bezahlt haben, erstatten wir Ihnen; wir geben Ihnen Bescheid, sobald das geschehen ist.',
      ],
    },
    'cancellation-refused': {
      subject: 'Ihre Bestellung {number} ist schon unterwegs',
      body: ['Sie wollten stornieren, doch das Paket war bereits versandt. Sie können es zurückschicken, sobald es angekommen ist.'],
    },
    'stock-short': {
      subject: 'Ein Teil Ihrer Bestellung {number} ist nicht vorrätig',
      body: [
        'Leider {units, plural, one {ist ein Artikel} other {sind # Artikel}} aus Ihrer Bestellung zurzeit nicht vorrätig. Wir bitten um Entschuldigung.',
        'Sie können warten, die vorrätigen Artikel schon jetzt erhalten, einen anderen Artikel wählen oder stornieren: Antworten Sie einfach auf diese Nachricht.',
        ['until', 'Wenn wir bis zum {until, date, long} nichts von Ihnen hören, entscheiden wir für Sie.'],
      ],
    },
    backorder: {
      subject: 'Wann der Rest Ihrer Bestellung {number} kommt',
      body: [
        'Wir erwarten {units, plural, one {einen Artikel} other {# Artikel}} Ihrer Bestellung bis zum {date, date, long} und versenden, sobald die Ware bei uns eingetroffen ist.',
      ],
    },
    'promise-moved': {
      subject: 'Ein neuer Liefertermin für Ihre Bestellung {number}',
      body: [
        'Ihre Bestellung kommt an einem anderen Tag als angekündigt: Wir rechnen jetzt mit dem {date, date, long}. Falls das später ist, als Sie geplant hatten, bitten wir um Entschuldigung.',
      ],
    },
    delayed: {
      subject: 'Ihre Bestellung {number} verspätet sich',
      body: ['Ihre Bestellung kommt nicht zu dem Termin, den wir Ihnen genannt haben. Das tut uns leid; wir nennen bald einen neuen.'],
    },
    'payment-declined': {
      subject: 'Die Zahlung für Ihre Bestellung {number} wurde abgelehnt',
      body: [
        'Ihre Zahlung ist fehlgeschlagen. Bitte nennen Sie eine andere Zahlungsart, damit wir die Bestellung versenden können.',
        ['until', 'Wir halten Ihre Bestellung bis zum {until, date, long} für Sie zurück; danach wird sie storniert.'],
      ],
    },
    'payment-action': {
      subject: 'Bitte schließen Sie die Zahlung für Ihre Bestellung {number} ab',
      body: [
        'Vor dem Versand fehlt noch etwas: Bitte geben Sie die Zahlung von {amount} bis zum {until, date, long} frei.',
        ['reference', 'Wenn Sie überweisen, geben Sie bitte den Verwendungszweck {reference} an.'],
      ],
      action: 'Zahlung abschließen',
    },
    'payment-reminder': {
      subject: 'Erinnerung: Die Zahlung für Ihre Bestellung {number} ist noch offen',
      body: [
        'Ihre Zahlung von {amount} steht noch aus. Bitte geben Sie sie bis zum {until, date, long} um {until, time, short} frei; danach wird sie abgebrochen.',
        ['reference', 'Wenn Sie überweisen, geben Sie bitte den Verwendungszweck {reference} an.'],
      ],
      action: 'Zahlung abschließen',
    },
    'pay-link': {
      subject: 'Bezahlen Sie Ihre Bestellung {number}',
      body: [
        'Für Ihre Bestellung sind {amount} offen. Mit diesem Link können Sie bis zum {until, date, long} bezahlen; er zeigt, was dann offen ist.',
      ],
      action: 'Jetzt bezahlen',
    },
    'digital-delivery': {
      subject: 'Da ist sie: Ihre Bestellung {number}',
      body: ['Was Sie gekauft haben, steht bereit.', ['reference', 'Ihr Link oder Schlüssel: {reference}']],
      action: 'Öffnen',
    },
    'ready-for-pickup': {
      subject: 'Abholbereit: Ihre Bestellung {number}',
      body: [
        '{units, plural, one {Ein Artikel} other {# Artikel}} Ihrer Bestellung {units, plural, one {liegt} other {liegen}} für Sie bereit: {place}.',
        'Nennen Sie an der Theke diesen Code: {reference}. Auch wer für Sie abholt, braucht ihn. Wir heben sie bis {until, date, long}, {until, time, short} auf.',
      ],
    },
    'pickup-reminder': {
      subject: 'Liegt noch für Sie bereit: Ihre Bestellung {number}',
      body: [
        '{units, plural, one {Ein Artikel} other {# Artikel}} Ihrer Bestellung {units, plural, one {liegt} other {liegen}} noch für Sie bereit: {place}.',
        'Nennen Sie an der Theke diesen Code: {reference}. Wir heben sie bis {until, date, long}, {until, time, short} auf; danach wird storniert. Antworten Sie auf diese Nachricht, wenn Sie länger brauchen.',
      ],
    },
    'pickup-expired': {
      subject: 'Nicht abgeholt: Ihre Bestellung {number}',
      body: [
        '{units, plural, one {Ein Artikel} other {# Artikel}} Ihrer Bestellung {units, plural, one {wurde} other {wurden}} nicht rechtzeitig abgeholt und {units, plural, one {ist} other {sind}} storniert.',
        'Der Wert von {value} wird nicht berechnet; was Sie dafür schon bezahlt haben, geht an Sie zurück, und wir sagen Ihnen, wann.',
      ],
    },
    collected: {
      subject: 'Abgeholt: Ihre Bestellung {number}',
      body: [
        '{units, plural, one {Ein Artikel wurde} other {# Artikel wurden}} am {date, date, long} abgeholt. Waren das weder Sie noch jemand, den Sie geschickt haben, antworten Sie auf diese Nachricht.',
      ],
    },
    dispatched: {
      subject: 'Ihre Bestellung {number} ist unterwegs',
      body: ['Wir haben {parcelCount, plural, one {ein Paket} other {# Pakete}} an den Paketdienst übergeben.'],
      action: 'Sendung verfolgen',
    },
    'out-for-delivery': {
      subject: 'Ihr Paket kommt heute',
      body: ['Der Paketdienst ist mit {parcelCount, plural, one {einem Paket} other {# Paketen}} auf dem Weg zu Ihnen.'],
      action: 'Sendung verfolgen',
    },
    delivered: {
      subject: 'Ihre Bestellung {number} ist angekommen',
      body: ['{units, plural, one {Ein Artikel wurde} other {# Artikel wurden}} am {date, date, long} zugestellt. Viel Freude damit!'],
    },
    'delivery-failed': {
      subject: 'Ihr Paket konnte nicht zugestellt werden',
      body: [
        'Der Paketdienst hat am {date, date, long} vergeblich versucht, Ihr Paket zuzustellen. Es gibt einen weiteren Versuch; Sie können mit dem Paketdienst auch einen anderen Tag vereinbaren.',
      ],
      action: 'Ihre Möglichkeiten ansehen',
    },
    'delivery-problem': {
      subject: 'Es gibt ein Problem mit Ihrem Paket',
      body: [
        '{reason, select, returning {Ihr Paket konnte nicht zugestellt werden und kommt zu uns zurück.} other {Der Paketdienst meldet ein Problem mit Ihrem Paket.}} Wir kümmern uns darum und melden uns bei Ihnen.',
      ],
      action: 'Sendung verfolgen',
    },
    'refund-issued': {
      subject: 'Ihre Erstattung zur Bestellung {number}',
      body: ['Wir haben Ihnen {amount} erstattet. Bis Ihre Bank den Betrag anzeigt, können einige Tage vergehen.'],
    },
    'return-authorized': {
      subject: 'Ihre Rücksendung zur Bestellung {number}',
      body: [
        'Sie können {units, plural, one {den Artikel} other {# Artikel}} zurückschicken, mit der Nummer {reference} im Paket.',
        ['until', 'Bitte geben Sie es bis zum {until, date, long} bei einem Paketdienst ab.'],
      ],
    },
    'return-label': {
      subject: 'Ihr Versandetikett: Bestellung {number}',
      body: [
        'Hier ist Ihr Rücksendeetikett, oder der Code, mit dem es am Schalter gedruckt wird. Kleben Sie es bitte auf das Paket.',
        ['reference', 'Sendungsnummer: {reference}'],
      ],
      action: 'Etikett öffnen',
    },
    'return-declined': {
      subject: 'Zu Ihrer Rücksendung der Bestellung {number}',
      body: ['Nach den Verkaufsbedingungen können wir die Ware leider nicht zurücknehmen. Ist das ein Irrtum, antworten Sie bitte.'],
    },
    'return-expiring': {
      subject: 'Bitte bis {until, date, long} zurücksenden: Bestellung {number}',
      body: [
        'Wir warten noch auf {units, plural, one {den Artikel} other {# Artikel}}, die Sie zurücksenden wollten. Bitte geben Sie das Paket bis {until, date, long} auf und legen Sie die Nummer {reference} hinein. Wenn Sie alles behalten, müssen Sie nichts tun.',
      ],
    },
    'return-expired': {
      subject: 'Ihre Rücksendung zur Bestellung {number} ist beendet',
      body: [
        'Bei uns ist rechtzeitig nichts angekommen, deshalb haben wir Ihre Rücksendung geschlossen. Haben Sie doch etwas abgeschickt, antworten Sie bitte auf diese Nachricht.',
      ],
    },
    'return-received': {
      subject: 'Ihre Rücksendung zur Bestellung {number} ist angekommen',
      body: [
        '{units, plural, one {Ein Artikel ist} other {# Artikel sind}} wieder bei uns eingetroffen. Wir prüfen die Ware und teilen Ihnen mit, wie es weitergeht.',
      ],
    },
    'return-closed': {
      subject: 'Ihre Rücksendung zur Bestellung {number} ist abgeschlossen',
      body: ['Ihre Rücksendung ist abgeschlossen: Insgesamt haben wir Ihnen {amount} erstattet.'],
    },
    'review-request': {
      subject: 'Wie gefällt es Ihnen?',
      body: ['Ihre Bestellung {number} ist seit einigen Tagen bei Ihnen. Wie gefällt sie? Antworten Sie einfach auf diese Nachricht.'],
    },
  },
};
