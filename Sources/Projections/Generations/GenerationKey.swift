import Postgres

/// A build of a projection.
package struct GenerationKey: Sendable, Hashable {
    /// The projection.
    package let projection: ProjectionName
    /// The number of the build.
    package let generation: GenerationID

    /// The projection and the number, as statements take them.
    var parameters: [PostgresParameter] { [.text(projection.rawValue), .int8(generation.rawValue)] }
}
