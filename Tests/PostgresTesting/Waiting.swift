/// Waits until `condition` holds; ends with the task.
///
/// For what tells nobody when it happens: a row that another session writes, a queue that fills, a thread that ends. It is
/// looked for again and again, and a look costs whoever is waited for, so a moment lies between two.
package func until(
    isolation: isolated (any Actor)? = #isolation,
    _ condition: () async throws -> Bool
) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(1)) }
}
