package io.cartage.client;

import io.cartage.api.CancellationDto;
import io.cartage.api.CustomerDto;
import io.cartage.api.LineDto;
import io.cartage.api.LineUnitsDto;
import io.cartage.api.Order;
import io.cartage.api.PaymentDto;
import io.cartage.api.PlaceOrderDto;
import io.cartage.api.ReasonDto;
import io.cartage.api.ShipToDto;
import io.cartage.commands.Cartage;
import io.cartage.commands.Orders.GetQuery;
import io.cartage.commands.Orders.ListQuery;
import java.util.List;

/** Places an order and cancels a line of it: `CARTAGE_URL=… CARTAGE_TOKEN=… java … io.cartage.client.PlaceOrder <its number in the shop>`. */
public final class PlaceOrder {
  public static void main(String[] args) throws InterruptedException {
    Cartage shop = new Cartage(new Transport(System.getenv("CARTAGE_URL"), () -> System.getenv("CARTAGE_TOKEN")));
    String number = args[0];
    try {
      shop.orders.place(orderOf("EURO"), number + "-wrong");
    } catch (Refused refused) {
      System.out.println(refused.status() + " " + refused.code() + " " + refused.errors().stream().map(FieldFault::field).toList());
    }

    var placed = shop.orders.place(orderOf("GBP"), number);
    var again = shop.orders.place(orderOf("GBP"), number);
    String orderId = placed.data().orderId.toString();
    boolean once = again.repeated() && again.data().orderId.equals(placed.data().orderId);
    System.out.println("placed " + orderId + (once ? " again" : " twice"));

    // As it stood after the command, whatever has become of it since.
    Order order = shop.orders.get(orderId, new GetQuery().asOf(placed.version())).data();
    List<String> lines = order.lines.stream().map(line -> line.sku + " " + line.quantity).toList();
    System.out.println("version " + order.version + " " + order.status + " " + lines);

    CancellationDto cancellation = new CancellationDto()
      .reason(new ReasonDto().code("customer-request"))
      .by(CancellationDto.CancellationDtoBy.CUSTOMER)
      .lines(List.of(new LineUnitsDto().lineId("2").quantity(1L)));
    var previewed = shop.cancellations.previewCancel(orderId, cancellation).data();
    System.out.println("would write " + previewed.events.stream().map(event -> event.type).toList());
    var cancelled = shop.cancellations.cancel(orderId, cancellation, number + "-cancel");
    Order after = shop.orders.get(orderId, new GetQuery().asOf(cancelled.version())).data();
    System.out.println("cancelled " + after.lines.stream().map(line -> line.sku + " " + line.progress.cancelled).toList());

    // A list is made from the log, and waits until it has come so far.
    var found = shop.orders.list(new ListQuery().orderId(List.of(orderId)).minPosition(cancelled.position())).data();
    System.out.println("listed " + found.items.stream().map(item -> item.orderId.toString().equals(orderId)).toList());
  }

  private static PlaceOrderDto orderOf(String currency) {
    return new PlaceOrderDto()
      .customer(new CustomerDto().id("customer-1").name("Ada Lovelace").email("ada@example.com"))
      .shipTo(new ShipToDto().lines(List.of("12 High Street")).city("London").postalCode("SW1Y 4JH").country("GB"))
      .currency(currency)
      .lines(List.of(line("MUG-RED", 2), line("MUG-BLUE", 1)))
      .payment(new PaymentDto().method(PaymentDto.PaymentDtoMethod.CARD).token("tok_visa"));
  }

  private static LineDto line(String sku, long quantity) {
    return new LineDto().sku(sku).quantity(quantity).unitPrice(1250L);
  }
}
