/** What a synchronous query comes to in a coroutine, with Django's guard or where the code switches it off. */
export function outcomeInDjango(unsafeAt: string | null): string {
  return unsafeAt === null
    ? "Django raises SynchronousOnlyOperation"
    : `the event loop stalls, unnoticed by Django, as DJANGO_ALLOW_ASYNC_UNSAFE is set at ${unsafeAt}`;
}
