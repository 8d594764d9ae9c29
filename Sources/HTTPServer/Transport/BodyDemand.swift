/// The event by which the application tells its connection that it wants the request's body.
///
/// Only then is `Expect: 100-continue` answered, so that a refused request's body is never asked for.
struct BodyDemand: Sendable {}
