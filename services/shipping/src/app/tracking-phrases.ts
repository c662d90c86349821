/** What can be said of a parcel to whoever waits for it. */
export const pageWords = [
  'preparing',
  'handed-over',
  'moving',
  'on-van',
  'missed',
  'trouble',
  'here',
  'going-back',
  'gone-back',
  'stopped',
  'noted',
] as const;
export type PageWord = (typeof pageWords)[number];

/** The tracking page in one language. */
export interface PagePhrases {
  readonly title: string;
  /** Of the choice of languages. */
  readonly language: string;
  readonly carrier: string;
  readonly number: string;
  readonly parcel: string;
  readonly history: string;
  /** What to do when the carrier met nobody. */
  readonly missed: string;
  /** There is nothing behind the link, or not yet. */
  readonly nothing: string;
  readonly words: { readonly [Word in PageWord]: string };
}

export const pagePhrases = {
  en: {
    title: 'Your parcel',
    language: 'Language',
    carrier: 'Carrier',
    number: 'Tracking number',
    parcel: 'Parcel',
    history: 'What happened so far',
    missed: 'The carrier will try again. To have it brought on another day, or to another address, write to the shop where you bought it.',
    nothing: 'There is no parcel behind this link, or not yet. Please try again later.',
    words: {
      preparing: 'Being prepared',
      'handed-over': 'Handed over to the carrier',
      moving: 'On its way',
      'on-van': 'Out for delivery today',
      missed: 'Could not be delivered',
      trouble: 'Delayed by a problem',
      here: 'Delivered',
      'going-back': 'On its way back to us',
      'gone-back': 'Back with us',
      stopped: 'Cancelled',
      noted: 'Scanned by the carrier',
    },
  },
  de: {
    title: 'Ihr Paket',
    language: 'Sprache',
    carrier: 'Versand durch',
    number: 'Sendungsnummer',
    parcel: 'Paket',
    history: 'Bisheriger Verlauf',
    missed:
      'Der Paketdienst versucht es noch einmal. Für einen anderen Tag oder eine andere Adresse schreiben Sie bitte dem Geschäft, bei dem Sie bestellt haben.',
    nothing: 'Unter diesem Link gibt es kein Paket, oder noch keines. Bitte versuchen Sie es später noch einmal.',
    words: {
      preparing: 'Wird vorbereitet',
      'handed-over': 'An den Paketdienst übergeben',
      moving: 'Unterwegs',
      'on-van': 'Wird heute zugestellt',
      missed: 'Konnte nicht zugestellt werden',
      trouble: 'Verzögert sich',
      here: 'Zugestellt',
      'going-back': 'Auf dem Rückweg zu uns',
      'gone-back': 'Wieder bei uns',
      stopped: 'Storniert',
      noted: 'Vom Paketdienst erfasst',
    },
  },
  fr: {
    title: 'Votre colis',
    language: 'Langue',
    carrier: 'Transporteur',
    number: 'Numéro de suivi',
    parcel: 'Colis',
    history: 'Historique',
    missed:
      'Le transporteur fera une nouvelle tentative. Pour un autre jour ou une autre adresse, écrivez à la boutique où vous avez commandé.',
    nothing: 'Aucun colis ne correspond à ce lien, ou pas encore. Veuillez réessayer plus tard.',
    words: {
      preparing: 'En préparation',
      'handed-over': 'Remis au transporteur',
      moving: 'En chemin',
      'on-van': 'En cours de livraison aujourd’hui',
      missed: 'N’a pas pu être livré',
      trouble: 'Retardé par un incident',
      here: 'Livré',
      'going-back': 'En retour vers nous',
      'gone-back': 'Revenu chez nous',
      stopped: 'Annulé',
      noted: 'Enregistré par le transporteur',
    },
  },
  es: {
    title: 'Su paquete',
    language: 'Idioma',
    carrier: 'Transportista',
    number: 'Número de seguimiento',
    parcel: 'Paquete',
    history: 'Recorrido hasta ahora',
    missed: 'El transportista lo intentará de nuevo. Para otro día u otra dirección, escriba a la tienda donde hizo su pedido.',
    nothing: 'No hay ningún paquete con este enlace, o todavía no. Inténtelo de nuevo más tarde.',
    words: {
      preparing: 'En preparación',
      'handed-over': 'Entregado al transportista',
      moving: 'En camino',
      'on-van': 'En reparto hoy',
      missed: 'No se pudo entregar',
      trouble: 'Retrasado por una incidencia',
      here: 'Entregado',
      'going-back': 'De vuelta hacia nosotros',
      'gone-back': 'De nuevo con nosotros',
      stopped: 'Cancelado',
      noted: 'Registrado por el transportista',
    },
  },
  hi: {
    title: 'आपका पार्सल',
    language: 'भाषा',
    carrier: 'कूरियर',
    number: 'ट्रैकिंग नंबर',
    parcel: 'पार्सल',
    history: 'अब तक का विवरण',
    missed: 'कूरियर फिर से प्रयास करेगा। किसी और दिन या किसी और पते के लिए, उस दुकान को लिखें जहाँ से आपने खरीदा है।',
    nothing: 'इस लिंक पर कोई पार्सल नहीं है, या अभी नहीं है। कृपया बाद में फिर देखें।',
    words: {
      preparing: 'तैयार किया जा रहा है',
      'handed-over': 'कूरियर को सौंप दिया गया',
      moving: 'रास्ते में है',
      'on-van': 'आज डिलीवरी के लिए निकला है',
      missed: 'डिलीवर नहीं हो सका',
      trouble: 'किसी समस्या के कारण देरी है',
      here: 'डिलीवर हो गया',
      'going-back': 'हमारे पास वापस आ रहा है',
      'gone-back': 'हमारे पास वापस आ गया',
      stopped: 'रद्द कर दिया गया',
      noted: 'कूरियर ने स्कैन किया',
    },
  },
  ar: {
    title: 'شحنتك',
    language: 'اللغة',
    carrier: 'شركة الشحن',
    number: 'رقم التتبع',
    parcel: 'الطرد',
    history: 'ما حدث حتى الآن',
    missed: 'ستعاود شركة الشحن المحاولة. لتسليمها في يوم آخر أو إلى عنوان آخر، راسلوا المتجر الذي اشتريتم منه.',
    nothing: 'لا توجد شحنة بهذا الرابط، أو ليس بعد. يرجى المحاولة لاحقًا.',
    words: {
      preparing: 'قيد التجهيز',
      'handed-over': 'سُلّمت إلى شركة الشحن',
      moving: 'في الطريق',
      'on-van': 'خرجت للتسليم اليوم',
      missed: 'تعذّر تسليمها',
      trouble: 'تأخرت بسبب مشكلة',
      here: 'تم التسليم',
      'going-back': 'في طريق العودة إلينا',
      'gone-back': 'عادت إلينا',
      stopped: 'أُلغيت',
      noted: 'سجّلتها شركة الشحن',
    },
  },
} as const satisfies Readonly<Record<string, PagePhrases>>;
