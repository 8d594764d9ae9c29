import Connectors
import Hummingbird

/// The nine write endpoints of Pivotal's API.
package struct PivotalCommandController: RouteController {
    private let writes: WriteResponder

    /// Makes the controller.
    package init(writes: WriteResponder) {
        self.writes = writes
    }

    /// Adds the endpoints to a router.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        addCustomers(to: router)
        addContacts(to: router)
        addOnboardings(to: router)
    }

    private func addCustomers(to router: Router<ServerRequestContext>) {
        router.post("/api/v1/customers") { request, _ in
            try await respond(to: request, .createCustomer)
        }
        router.patch("/api/v1/customers/{id}") { request, context in
            try await respond(to: request, .updateCustomer(context.resource))
        }
        router.delete("/api/v1/customers/{id}") { request, context in
            try await respond(to: request, .deleteCustomer(context.resource))
        }
    }

    private func addContacts(to router: Router<ServerRequestContext>) {
        router.post("/api/v1/customers/{id}/contacts") { request, context in
            try await respond(to: request, .createContact(customer: context.resource))
        }
        router.patch("/api/v1/contacts/{id}") { request, context in
            try await respond(to: request, .updateContact(context.resource))
        }
        router.delete("/api/v1/contacts/{id}") { request, context in
            try await respond(to: request, .deleteContact(context.resource))
        }
    }

    private func addOnboardings(to router: Router<ServerRequestContext>) {
        router.post("/api/v1/onboardings") { request, _ in
            try await respond(to: request, .createOnboarding)
        }
        router.patch("/api/v1/onboardings/{id}") { request, context in
            try await respond(to: request, .updateOnboarding(context.resource))
        }
        router.delete("/api/v1/onboardings/{id}") { request, context in
            try await respond(to: request, .deleteOnboarding(context.resource))
        }
    }

    private func respond(to request: Request, _ write: PivotalWrite) async throws -> Response {
        try await writes.respond(to: request, write)
    }
}
