import type { Phrases } from './layout';

/** Keeps a number or code together, left to right, within a line that runs from right to left (Unicode isolates). */
const code = (name: string): string => `\u2066{${name}}\u2069`;
const number = code('number');

/** Arabic counts one, two, a few and many in different words; `one` and `two` need no figure. */
const items = '{units, plural, zero {# منتج} one {منتج واحد} two {منتجان} few {# منتجات} many {# منتجًا} other {# منتج}}';
/** As an object, or after a preposition: only the dual differs. */
const itemsTaken = '{units, plural, zero {# منتج} one {منتج واحد} two {منتجين} few {# منتجات} many {# منتجًا} other {# منتج}}';
const parcelsTaken = '{parcelCount, plural, zero {# طرد} one {طرد واحد} two {طردين} few {# طرود} many {# طردًا} other {# طرد}}';

export const ar: Phrases = {
  greeting: 'مرحبًا {name}،',
  total: 'الإجمالي',
  delivery: 'التوصيل',
  discount: 'الخصم',
  colon: ':',
  parcel: `{carrier}، رقم التتبع ${code('trackingNumber')}`,
  closing: `طلبك رقم ${number} لدى {brand}. يُرجى ذكر هذا الرقم عند مراسلتنا.`,
  orderPage: 'عرض طلبك وما يمكنك تغييره',
  sendBack: 'إرجاع مشتريات',
  customsPaper: 'ورقة الجمارك: اطبعها وألصقها على الطرد من الخارج',
  messages: {
    'order-confirmation': {
      subject: `طلبك رقم ${number}`,
      body: [
        'شكرًا لطلبك. لقد استلمناه.',
        ['sent', 'سنخبرك فور شحنه.'],
        ['promised', 'من المتوقع أن يصلك في موعد أقصاه {promised, date, long}.'],
      ],
    },
    'order-edited': {
      subject: `تم تعديل طلبك رقم ${number}`,
      body: ['هذا هو طلبك الآن.', ['before', 'كان إجمالي الطلب قبل التعديل {before}، وأصبح الآن {total}.']],
    },
    'order-cancelled': {
      subject: `إلغاء من طلبك رقم ${number}`,
      body: [
        `لن يتم شحن ما يلي من طلبك: ${items}.`,
        'لن نحصّل منك قيمتها البالغة {value}، وإذا كنت قد دفعتها فسنعيدها إليك ونخبرك عند إتمام ذلك.',
      ],
    },
    'cancellation-refused': {
      subject: `طلبك رقم ${number} في الطريق إليك بالفعل`,
      body: ['لقد طلبت الإلغاء، لكن الطرد كان قد غادر بالفعل. يمكنك إعادته بعد وصوله.'],
    },
    'stock-short': {
      subject: `جزء من طلبك رقم ${number} غير متوفر`,
      body: [
        `نعتذر، فالمخزون لا يغطي حاليًا ما يلي من طلبك: ${items}.`,
        'يمكنك الانتظار، أو استلام المتوفر الآن، أو اختيار منتج آخر، أو الإلغاء: أخبرنا باختيارك بالرد على هذه الرسالة.',
        ['until', 'إذا لم يصلنا ردك، فسنتخذ القرار نيابةً عنك في {until, date, long}.'],
      ],
    },
    backorder: {
      subject: `موعد وصول بقية طلبك رقم ${number}`,
      body: [`نتوقع توفر ${itemsTaken} من طلبك في موعد أقصاه {date, date, long}، وسنشحن فور الوصول إلينا.`],
    },
    'promise-moved': {
      subject: `موعد جديد لطلبك رقم ${number}`,
      body: ['سيصل طلبك في يوم غير الذي أخبرناك به: نتوقع وصوله الآن في {date, date, long}. نعتذر إن كان ذلك متأخرًا عما خططت له.'],
    },
    delayed: {
      subject: `تأخر طلبك رقم ${number}`,
      body: ['لن يصل طلبك في الموعد الذي وعدناك به. نعتذر عن ذلك، وسنخبرك فور تحديد موعد جديد.'],
    },
    'payment-declined': {
      subject: `تم رفض الدفع لطلبك رقم ${number}`,
      body: [
        'لم تكتمل عملية الدفع. يُرجى تزويدنا بوسيلة دفع أخرى لنتمكن من شحن طلبك.',
        ['until', 'سنحتفظ بطلبك حتى {until, date, long}، وبعد ذلك سيتم إلغاؤه.'],
      ],
    },
    'payment-action': {
      subject: `يُرجى إتمام الدفع لطلبك رقم ${number}`,
      body: [
        'بقيت خطوة واحدة قبل الشحن: يُرجى الموافقة على دفع {amount} في موعد أقصاه {until, date, long}.',
        ['reference', `إذا كنت ستدفع بالتحويل البنكي، فاذكر الرقم المرجعي ${code('reference')}.`],
      ],
      action: 'إتمام الدفع',
    },
    'payment-reminder': {
      subject: `تذكير: لم يكتمل بعد الدفع لطلبك رقم ${number}`,
      body: [
        'ما زلنا بانتظار دفعك مبلغ {amount}. يُرجى الموافقة عليه في موعد أقصاه {until, date, long} الساعة {until, time, short}؛ وبعد ذلك تُلغى عملية الدفع.',
        ['reference', `إذا كنت ستدفع بالتحويل البنكي، فاذكر الرقم المرجعي ${code('reference')}.`],
      ],
      action: 'إتمام الدفع',
    },
    'pay-link': {
      subject: `ادفع قيمة طلبك رقم ${number}`,
      body: ['بقي {amount} مستحقًا من طلبك. يمكنك الدفع بهذا الرابط حتى {until, date, long}؛ وهو يعرض المستحق في ذلك الوقت.'],
      action: 'ادفع الآن',
    },
    'digital-delivery': {
      subject: `ها هو طلبك رقم ${number}`,
      body: ['ما اشتريته جاهز.', ['reference', `الرابط أو المفتاح الخاص بك: ${code('reference')}`]],
      action: 'فتح',
    },
    'ready-for-pickup': {
      subject: 'جاهز للاستلام: طلبك {number}',
      body: [
        '{units, plural, zero {لا منتجات} one {منتج واحد} two {منتجان} few {# منتجات} many {# منتجًا} other {# منتج}} من طلبك بانتظارك في {place}.',
        'اذكر هذا الرمز عند الاستلام: {reference}. ويحتاج إليه أيضًا من يستلم نيابة عنك.',
        'نحتفظ به حتى {until, date, long}، {until, time, short}.',
      ],
    },
    'pickup-reminder': {
      subject: 'لا يزال بانتظارك: طلبك {number}',
      body: [
        'لا يزال {units, plural, zero {لا منتجات} one {منتج واحد} two {منتجان} few {# منتجات} many {# منتجًا} other {# منتج}} من طلبك بانتظارك في {place}.',
        'اذكر هذا الرمز عند الاستلام: {reference}.',
        'نحتفظ به حتى {until, date, long}، {until, time, short}، وبعد ذلك يُلغى. أجب عن هذه الرسالة إن كنت تحتاج إلى وقت أطول.',
      ],
    },
    'pickup-expired': {
      subject: 'لم يُستلم: طلبك {number}',
      body: [
        'لم يستلم أحد في الوقت المحدد {units, plural, zero {لا منتجات} one {منتجًا واحدًا} two {منتجين} few {# منتجات} many {# منتجًا} other {# منتج}} من طلبك، فألغينا ذلك.',
        'لا تُحتسب القيمة {value}، وما دفعته منها يعود إليك، ونخبرك حين يعود.',
      ],
    },
    collected: {
      subject: 'تم الاستلام: طلبك {number}',
      body: [
        'استُلم {units, plural, zero {لا منتجات} one {منتج واحد} two {منتجان} few {# منتجات} many {# منتجًا} other {# منتج}} في {date, date, long}. إن لم تكن أنت من استلم ولا من أرسلته، فأجب عن هذه الرسالة.',
      ],
    },
    dispatched: {
      subject: `طلبك رقم ${number} في الطريق إليك`,
      body: [`لقد قمنا بتسليم ${parcelsTaken} إلى شركة الشحن.`],
      action: 'تتبع الطرد',
    },
    'out-for-delivery': {
      subject: 'طردك يصل اليوم',
      body: [
        `مندوب شركة الشحن في الطريق إليك ومعه {parcelCount, plural, zero {# طرد} one {طرد واحد} two {طردان} few {# طرود} many {# طردًا} other {# طرد}}.`,
      ],
      action: 'تتبع الطرد',
    },
    delivered: {
      subject: `وصل طلبك رقم ${number}`,
      body: [`تم توصيل ${itemsTaken} في {date, date, long}. نتمنى أن ينال إعجابك!`],
    },
    'delivery-failed': {
      subject: 'تعذّر توصيل طردك',
      body: [
        'حاولت شركة الشحن توصيل طردك في {date, date, long} ولم تتمكن من ذلك. ستتم المحاولة مرة أخرى، ويمكنك الاتفاق معها على يوم آخر.',
      ],
      action: 'عرض خياراتك',
    },
    'delivery-problem': {
      subject: 'هناك مشكلة في طردك',
      body: [
        '{reason, select, returning {تعذّر توصيل طردك وهو في طريق العودة إلينا.} other {أبلغتنا شركة الشحن بمشكلة في طردك.}} نحن نتابع الأمر وسنراسلك.',
      ],
      action: 'تتبع الطرد',
    },
    'refund-issued': {
      subject: `المبلغ المسترد عن طلبك رقم ${number}`,
      body: ['لقد أعدنا إليك {amount}. قد يستغرق ظهور المبلغ في حسابك البنكي بضعة أيام.'],
    },
    'return-authorized': {
      subject: `يمكنك الإرجاع: الطلب رقم ${number}`,
      body: [
        `يمكنك أن تعيد إلينا ${itemsTaken}. يُرجى وضع الرقم ${code('reference')} داخل الطرد.`,
        ['until', 'يُرجى تسليم الطرد إلى شركة شحن في موعد أقصاه {until, date, long}.'],
      ],
    },
    'return-label': {
      subject: `ملصق الشحن: الطلب رقم ${number}`,
      body: [
        'هذا ملصق إعادة البضاعة، أو الرمز الذي يُطبع به الملصق عند شباك شركة الشحن. ألصقه على الطرد ثم سلّم الطرد.',
        ['reference', `رقم التتبع: ${code('reference')}`],
      ],
      action: 'فتح الملصق',
    },
    'return-declined': {
      subject: `بخصوص إرجاع طلبك رقم ${number}`,
      body: ['لا يمكننا قبول هذا الإرجاع وفقًا لشروط البيع. إذا كنت ترى أن ذلك خطأ، فيُرجى الرد على هذه الرسالة.'],
    },
    'return-expiring': {
      subject: `أرسله قبل {until, date, long}: الطلب رقم ${number}`,
      body: [
        `ما زلنا ننتظر {units, plural, zero {القطع} one {القطعة} two {القطعتين} few {# قطع} many {# قطعة} other {# قطعة}} التي أردت إرجاعها. يُرجى تسليم الطرد إلى شركة الشحن قبل {until, date, long} مع وضع الرقم ${code('reference')} بداخله. إذا قررت الاحتفاظ بها فلا يلزمك شيء.`,
      ],
    },
    'return-expired': {
      subject: `انتهى إرجاعك للطلب رقم ${number}`,
      body: ['لم يصلنا شيء في الوقت المحدد، لذلك أغلقنا الإرجاع. إذا كنت قد أرسلته فأجب عن هذه الرسالة.'],
    },
    'return-received': {
      subject: `وصل إلينا ما أرجعته من طلبك رقم ${number}`,
      body: [`لقد استلمنا منك ${itemsTaken}. سنقوم بالفحص ونخبرك بالخطوات التالية.`],
    },
    'return-closed': {
      subject: `اكتمل إرجاع طلبك رقم ${number}`,
      body: ['اكتملت عملية الإرجاع: أعدنا إليك {amount} في المجمل.'],
    },
    'review-request': {
      subject: 'ما رأيك؟',
      body: [`مضت بضعة أيام على وصول طلبك رقم ${number}. يسعدنا أن نعرف رأيك: يكفي الرد على هذه الرسالة.`],
    },
  },
};
