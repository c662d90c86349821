/** Whose key an order is sealed under that names no customer. */
export const guestOf = (orderId: string): string => `guest-${orderId}`;
