/// Whose failure a failed attempt is.
enum FetchBlame: Sendable, Hashable {
    /// The API's as a whole: all of the source's objects wait for so long.
    case api(pause: Duration)
    /// The object's own, or this process's; where the API answered as it should, its failures are over.
    case object(isAPIWell: Bool)
}
