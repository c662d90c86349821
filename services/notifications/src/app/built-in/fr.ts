import type { Phrases } from './layout';

export const fr: Phrases = {
  greeting: 'Bonjour {name},',
  total: 'Total',
  delivery: 'Livraison',
  discount: 'Remise',
  colon: '\u00A0:',
  parcel: '{carrier}, numéro de suivi {trackingNumber}',
  closing: 'Votre commande {number} chez {brand}. Merci d’indiquer ce numéro lorsque vous nous écrivez.',
  orderPage: 'Voir votre commande et ce que vous pouvez changer',
  sendBack: 'Retourner un article',
  customsPaper: 'Document de douane, à imprimer et à fixer sur le colis',
  messages: {
    'order-confirmation': {
      subject: 'Votre commande {number}',
      body: [
        'Merci pour votre commande. Nous l’avons bien reçue.',
        ['sent', 'Nous vous préviendrons dès son expédition.'],
        ['promised', 'Elle devrait vous parvenir au plus tard le {promised, date, long}.'],
      ],
    },
    'order-edited': {
      subject: 'Votre commande {number} a été modifiée',
      body: [
        'Voici votre commande à présent.',
        ['before', 'Avant la modification, elle s’élevait à {before} ; elle s’élève désormais à {total}.'],
      ],
    },
    'order-cancelled': {
      subject: 'Annulation dans votre commande {number}',
      body: [
        '{units, plural, one {Un article de votre commande ne sera pas expédié.} other {# articles de votre commande ne seront pas expédiés.}}',
        'Le montant de {value} ne vous est pas facturé ; ce que vous avez déjà payé vous est remboursé, et nous vous préviendrons dès que ce sera fait.',
      ],
    },
    'cancellation-refused': {
      subject: 'Votre commande {number} est déjà en route',
      body: ['Vous avez demandé une annulation, mais le colis était déjà parti. Vous pourrez le renvoyer une fois qu’il sera arrivé.'],
    },
    'stock-short': {
      subject: 'Une partie de votre commande {number} n’est pas en stock',
      body: [
        '{units, plural, one {Un article de votre commande n’est pas en stock actuellement.} other {# articles de votre commande ne sont pas en stock actuellement.}} Nous vous prions de nous en excuser.',
        'Vous pouvez attendre, recevoir dès maintenant ce qui est disponible, choisir un autre article ou annuler : répondez à ce message en nous indiquant votre choix.',
        ['until', 'Sans réponse de votre part, nous déciderons pour vous le {until, date, long}.'],
      ],
    },
    backorder: {
      subject: 'La suite de votre commande {number} : la date prévue',
      body: [
        'Nous attendons {units, plural, one {un article} other {# articles}} de votre commande d’ici le {date, date, long} et procéderons à l’envoi dès réception.',
      ],
    },
    'promise-moved': {
      subject: 'Une nouvelle date pour votre commande {number}',
      body: [
        'Votre commande n’arrivera pas le jour annoncé : nous l’attendons désormais pour le {date, date, long}. Si c’est plus tard que prévu, nous vous prions de nous en excuser.',
      ],
    },
    delayed: {
      subject: 'Votre commande {number} a du retard',
      body: ['Votre commande n’arrivera pas à la date promise. Nous en sommes désolés et vous donnerons la nouvelle date.'],
    },
    'payment-declined': {
      subject: 'Le paiement de votre commande {number} a été refusé',
      body: [
        'Votre paiement n’a pas abouti. Merci d’indiquer un autre moyen de paiement pour que nous puissions expédier votre commande.',
        ['until', 'Nous gardons votre commande jusqu’au {until, date, long} ; passé cette date, elle sera annulée.'],
      ],
    },
    'payment-action': {
      subject: 'Merci de finaliser le paiement de votre commande {number}',
      body: [
        'Il reste une étape avant l’expédition : merci de valider le paiement de {amount} d’ici le {until, date, long}.',
        ['reference', 'Si vous payez par virement, indiquez la référence {reference}.'],
      ],
      action: 'Finaliser le paiement',
    },
    'payment-reminder': {
      subject: 'Rappel : le paiement de votre commande {number} est en attente',
      body: [
        'Nous attendons toujours votre paiement de {amount}. Merci de le valider au plus tard le {until, date, long} à {until, time, short} ; passé ce délai, il sera annulé.',
        ['reference', 'Si vous payez par virement, indiquez la référence {reference}.'],
      ],
      action: 'Finaliser le paiement',
    },
    'pay-link': {
      subject: 'Réglez votre commande {number}',
      body: ['Il reste {amount} à régler. Payez par ce lien jusqu’au {until, date, long} ; il affiche ce qui est alors dû.'],
      action: 'Payer maintenant',
    },
    'digital-delivery': {
      subject: 'La voici : votre commande {number}',
      body: ['Ce que vous avez acheté est prêt.', ['reference', 'Votre lien ou clé : {reference}']],
      action: 'Ouvrir',
    },
    'ready-for-pickup': {
      subject: 'Prête à être retirée : votre commande {number}',
      body: [
        '{units, plural, one {Un article} other {# articles}} de votre commande {units, plural, one {vous attend} other {vous attendent}} ici : {place}.',
        'Donnez ce code au comptoir : {reference}. La personne qui retire pour vous en a besoin aussi.',
        'Nous gardons votre commande jusqu’au {until, date, long}, {until, time, short}.',
      ],
    },
    'pickup-reminder': {
      subject: 'Elle vous attend toujours : votre commande {number}',
      body: [
        '{units, plural, one {Un article} other {# articles}} de votre commande {units, plural, one {vous attend} other {vous attendent}} toujours ici : {place}.',
        'Donnez ce code au comptoir : {reference}.',
        'Nous gardons votre commande jusqu’au {until, date, long}, {until, time, short} ; ensuite elle est annulée. Répondez à ce message s’il vous faut plus de temps.',
      ],
    },
    'pickup-expired': {
      subject: 'Non retirée : votre commande {number}',
      body: [
        'Personne n’a retiré à temps {units, plural, one {un article} other {# articles}} de votre commande : nous {units, plural, one {l’avons annulé} other {les avons annulés}}.',
        'La valeur de {value} ne vous est pas facturée ; ce que vous avez déjà payé vous est rendu, et nous vous disons quand.',
      ],
    },
    collected: {
      subject: 'Retirée : votre commande {number}',
      body: [
        '{units, plural, one {Un article a été retiré} other {# articles ont été retirés}} le {date, date, long}. Si ce n’était ni vous ni quelqu’un que vous avez envoyé, répondez à ce message.',
      ],
    },
    dispatched: {
      subject: 'Votre commande {number} est en route',
      body: ['Nous avons remis {parcelCount, plural, one {un colis} other {# colis}} au transporteur.'],
      action: 'Suivre votre colis',
    },
    'out-for-delivery': {
      subject: 'Votre colis arrive aujourd’hui',
      body: ['Le transporteur est en route vers vous avec {parcelCount, plural, one {un colis} other {# colis}}.'],
      action: 'Suivre votre colis',
    },
    delivered: {
      subject: 'Votre commande {number} est arrivée',
      body: ['{units, plural, one {Un article a été livré} other {# articles ont été livrés}} le {date, date, long}. Profitez-en bien !'],
    },
    'delivery-failed': {
      subject: 'Votre colis n’a pas pu être livré',
      body: [
        'Le transporteur s’est présenté le {date, date, long} sans pouvoir livrer votre colis. Il fera une nouvelle tentative ; vous pouvez aussi convenir d’un autre jour avec lui.',
      ],
      action: 'Voir vos options',
    },
    'delivery-problem': {
      subject: 'Un problème est survenu avec votre colis',
      body: [
        '{reason, select, returning {Votre colis n’a pas pu être livré et nous est renvoyé.} other {Le transporteur signale un problème avec votre colis.}} Nous nous en occupons et vous écrirons.',
      ],
      action: 'Suivre votre colis',
    },
    'refund-issued': {
      subject: 'Votre remboursement pour la commande {number}',
      body: ['Nous vous avons remboursé {amount}. Votre banque peut mettre quelques jours à l’afficher.'],
    },
    'return-authorized': {
      subject: 'Votre retour est accepté : commande {number}',
      body: [
        'Vous pouvez renvoyer {units, plural, one {l’article} other {# articles}}. Glissez le numéro {reference} dans le colis.',
        ['until', 'Merci de le remettre à un transporteur au plus tard le {until, date, long}.'],
      ],
    },
    'return-label': {
      subject: 'Votre étiquette : commande {number}',
      body: [
        'Voici l’étiquette de retour, ou le code qui la fait imprimer au guichet. Collez-la sur le colis et déposez-le.',
        ['reference', 'Numéro de suivi : {reference}'],
      ],
      action: 'Ouvrir l’étiquette',
    },
    'return-declined': {
      subject: 'À propos de votre retour de la commande {number}',
      body: ['Nos conditions de vente ne permettent pas ce retour. Si vous pensez à une erreur, répondez à ce message.'],
    },
    'return-expiring': {
      subject: 'À renvoyer avant le {until, date, long} : commande {number}',
      body: [
        'Nous attendons encore {units, plural, one {l’article} other {# articles}} que vous vouliez renvoyer. Remettez le colis à un transporteur avant le {until, date, long}, avec le numéro {reference} à l’intérieur. Si vous gardez tout, vous n’avez rien à faire.',
      ],
    },
    'return-expired': {
      subject: 'Votre retour de la commande {number} est clos',
      body: ['Rien ne nous est parvenu à temps : nous avons clos votre retour. Si vous avez envoyé quelque chose, répondez à ce message.'],
    },
    'return-received': {
      subject: 'Votre retour de la commande {number} est arrivé',
      body: ['{units, plural, one {Un article nous est revenu.} other {# articles nous sont revenus.}} Nous vérifions ce retour.'],
    },
    'return-closed': {
      subject: 'Votre retour de la commande {number} est terminé',
      body: ['Votre retour est terminé : nous vous avons remboursé {amount} au total.'],
    },
    'review-request': {
      subject: 'Qu’en pensez-vous ?',
      body: ['Votre commande {number} est chez vous depuis quelques jours. Donnez-nous votre avis : répondez simplement à ce message.'],
    },
  },
};
