import type { Phrases } from './layout';

export const es: Phrases = {
  greeting: 'Hola, {name}:',
  total: 'Total',
  delivery: 'Envío',
  discount: 'Descuento',
  colon: ':',
  parcel: '{carrier}, número de seguimiento {trackingNumber}',
  closing: 'Tu pedido {number} en {brand}. Ten este número a mano cuando nos escribas.',
  ...{ orderPage: 'Ver su pedido y lo que puede cambiar', sendBack: 'Devolver algo' },
  customsPaper: 'Documento de aduana: imprímalo y péguelo por fuera del paquete',
  messages: {
    'order-confirmation': {
      subject: 'Tu pedido {number}',
      body: [
        'Gracias por tu compra. Hemos recibido tu pedido.',
        ['sent', 'Te avisaremos en cuanto esté en camino.'],
        ['promised', 'Debería llegarte, como muy tarde, el {promised, date, long}.'],
      ],
    },
    'order-edited': {
      subject: 'Se ha modificado tu pedido {number}',
      body: ['Así queda tu pedido.', ['before', 'Antes del cambio, el importe era de {before}; ahora es de {total}.']],
    },
    'order-cancelled': {
      subject: 'Cancelación en tu pedido {number}',
      body: [
        '{units, plural, one {Un artículo de tu pedido no se enviará.} other {# artículos de tu pedido no se enviarán.}}',
        'No te cobraremos el importe de {value}; si ya habías pagado, te devolveremos el dinero y te avisaremos cuando lo hayamos hecho.',
      ],
    },
    'cancellation-refused': {
      subject: 'Tu pedido {number} ya está en camino',
      body: ['Nos pediste que lo canceláramos, pero el paquete ya había salido. Cuando te llegue, podrás devolverlo.'],
    },
    'stock-short': {
      subject: 'Parte de tu pedido {number} no está disponible',
      body: [
        'Ahora mismo no tenemos en existencias {units, plural, one {un artículo} other {# artículos}} de tu pedido. Lo sentimos.',
        'Puedes esperar, recibir ya lo que está disponible, elegir otro artículo o cancelar: responde a este mensaje y dinos qué prefieres.',
        ['until', 'Si no nos respondes, el {until, date, long} decidiremos por ti.'],
      ],
    },
    backorder: {
      subject: 'Cuándo llega el resto de tu pedido {number}',
      body: [
        'Esperamos recibir {units, plural, one {un artículo} other {# artículos}} de tu pedido como muy tarde el {date, date, long} y haremos el envío en cuanto llegue la mercancía.',
      ],
    },
    'promise-moved': {
      subject: 'Nueva fecha para tu pedido {number}',
      body: [
        'Tu pedido no llegará el día que te dijimos: ahora lo esperamos para el {date, date, long}. Si es más tarde de lo que tenías previsto, te pedimos disculpas.',
      ],
    },
    delayed: {
      subject: 'Tu pedido {number} se retrasa',
      body: ['Tu pedido no va a llegar el día que te prometimos. Lo sentimos; te avisaremos en cuanto tengamos una nueva fecha.'],
    },
    'payment-declined': {
      subject: 'Se ha rechazado el pago de tu pedido {number}',
      body: [
        'No se ha podido completar tu pago. Indícanos otra forma de pago para que podamos enviarte el pedido.',
        ['until', 'Guardamos tu pedido hasta el {until, date, long}; después se cancelará.'],
      ],
    },
    'payment-action': {
      subject: 'Completa el pago de tu pedido {number}',
      body: [
        'Falta un paso antes del envío: autoriza el pago de {amount}, como muy tarde, el {until, date, long}.',
        ['reference', 'Si pagas por transferencia, indica la referencia {reference}.'],
      ],
      action: 'Completar el pago',
    },
    'payment-reminder': {
      subject: 'Recordatorio: el pago de tu pedido {number} sigue pendiente',
      body: [
        'Seguimos esperando tu pago de {amount}. Autorízalo, como muy tarde, el {until, date, long} a las {until, time, short}; después se cancelará.',
        ['reference', 'Si pagas por transferencia, indica la referencia {reference}.'],
      ],
      action: 'Completar el pago',
    },
    'pay-link': {
      subject: 'Paga tu pedido {number}',
      body: [
        'Quedan {amount} por pagar de tu pedido. Puedes hacerlo con este enlace hasta el {until, date, long}; muestra lo que esté pendiente en ese momento.',
      ],
      action: 'Pagar ahora',
    },
    'digital-delivery': {
      subject: 'Aquí lo tienes: tu pedido {number}',
      body: ['Lo que has comprado está listo.', ['reference', 'Tu enlace o clave: {reference}']],
      action: 'Abrir',
    },
    'ready-for-pickup': {
      subject: 'Listo para recoger: tu pedido {number}',
      body: [
        '{units, plural, one {Un artículo} other {# artículos}} de tu pedido {units, plural, one {te espera} other {te esperan}} en {place}.',
        'Di este código en el mostrador: {reference}. Quien lo recoja por ti también lo necesita.',
        'Lo guardamos hasta el {until, date, long}, {until, time, short}.',
      ],
    },
    'pickup-reminder': {
      subject: 'Todavía te espera: tu pedido {number}',
      body: [
        '{units, plural, one {Un artículo} other {# artículos}} de tu pedido todavía {units, plural, one {te espera} other {te esperan}} en {place}.',
        'Di este código en el mostrador: {reference}.',
        'Lo guardamos hasta el {until, date, long}, {until, time, short}; después se cancela. Responde a este mensaje si necesitas más tiempo.',
      ],
    },
    'pickup-expired': {
      subject: 'Sin recoger: tu pedido {number}',
      body: [
        'Nadie recogió a tiempo {units, plural, one {un artículo} other {# artículos}} de tu pedido, así que {units, plural, one {lo hemos cancelado} other {los hemos cancelado}}.',
        'No se cobra el valor de {value}; lo que ya hayas pagado se te devuelve, y te avisamos cuando ocurra.',
      ],
    },
    collected: {
      subject: 'Recogido: tu pedido {number}',
      body: [
        '{units, plural, one {Se recogió un artículo} other {Se recogieron # artículos}} el {date, date, long}. Si no fuiste tú ni nadie a quien hayas enviado, responde a este mensaje.',
      ],
    },
    dispatched: {
      subject: 'Tu pedido {number} está en camino',
      body: ['Hemos entregado {parcelCount, plural, one {un paquete} other {# paquetes}} a la empresa de transporte.'],
      action: 'Seguir el envío',
    },
    'out-for-delivery': {
      subject: 'Tu paquete llega hoy',
      body: ['La empresa de transporte va de camino con {parcelCount, plural, one {un paquete} other {# paquetes}} para ti.'],
      action: 'Seguir el envío',
    },
    delivered: {
      subject: 'Tu pedido {number} ha llegado',
      body: ['{units, plural, one {Se entregó un artículo} other {Se entregaron # artículos}} el {date, date, long}. ¡Que lo disfrutes!'],
    },
    'delivery-failed': {
      subject: 'No se ha podido entregar tu paquete',
      body: [
        'La empresa de transporte intentó entregar tu paquete el {date, date, long} y no pudo. Volverá a intentarlo; también puedes acordar otro día con ella.',
      ],
      action: 'Ver qué puedes hacer',
    },
    'delivery-problem': {
      subject: 'Hay un problema con tu paquete',
      body: [
        '{reason, select, returning {Tu paquete no se ha podido entregar y vuelve a nuestro almacén.} other {La empresa de transporte nos ha informado de un problema con tu paquete.}} Lo estamos revisando y te escribiremos.',
      ],
      action: 'Seguir el envío',
    },
    'refund-issued': {
      subject: 'Tu reembolso del pedido {number}',
      body: ['Te hemos devuelto {amount}. Tu banco puede tardar unos días en mostrarlo.'],
    },
    'return-authorized': {
      subject: 'Ya puedes hacer la devolución: pedido {number}',
      body: [
        'Puedes devolvernos {units, plural, one {el artículo} other {# artículos}}. Incluye el número {reference} dentro del paquete.',
        ['until', 'Entrégalo en una empresa de transporte, como muy tarde, el {until, date, long}.'],
      ],
    },
    'return-label': {
      subject: 'Su etiqueta: pedido {number}',
      body: [
        'Aquí tiene la etiqueta para devolver sus artículos, o el código con el que se la imprimirán en el mostrador. Péguela en el paquete y entréguelo.',
        ['reference', 'Número de seguimiento: {reference}'],
      ],
      action: 'Abrir la etiqueta',
    },
    'return-declined': {
      subject: 'Sobre la devolución de tu pedido {number}',
      body: ['Según las condiciones de venta, no podemos aceptar esta devolución. Si crees que es un error, responde a este mensaje.'],
    },
    'return-expiring': {
      subject: 'Envíelo antes del {until, date, long}: pedido {number}',
      body: [
        'Seguimos esperando {units, plural, one {el artículo} other {# artículos}} que quería devolver. Entregue el paquete a un transportista antes del {until, date, long}, con el número {reference} dentro. Si se lo queda, no tiene que hacer nada.',
      ],
    },
    'return-expired': {
      subject: 'Su devolución del pedido {number} ha terminado',
      body: ['No nos ha llegado nada a tiempo, así que hemos cerrado su devolución. Si lo envió, responda a este mensaje.'],
    },
    'return-received': {
      subject: 'Hemos recibido la devolución de tu pedido {number}',
      body: [
        '{units, plural, one {Nos ha llegado un artículo} other {Nos han llegado # artículos}} de vuelta. Lo revisaremos y te contaremos los siguientes pasos.',
      ],
    },
    'return-closed': {
      subject: 'La devolución de tu pedido {number} está cerrada',
      body: ['Tu devolución está cerrada: en total te hemos devuelto {amount}.'],
    },
    'review-request': {
      subject: '¿Qué te ha parecido?',
      body: ['Hace unos días que recibiste tu pedido {number}. Nos encantaría saber qué te parece: responde a este mensaje y cuéntanoslo.'],
    },
  },
};
