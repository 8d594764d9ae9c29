import Connectors
import Foundation
import HTTPTypes
import Hummingbird
import Postgres
import Schema

/// The nine read endpoints of Pivotal's API.
package struct PivotalQueryController: RouteController {
    private enum Statements {
        static let identity = SQLLibrary.call("read_identity", 3)
        static let customer = SQLLibrary.call("read_customer", 5)
        static let contact = SQLLibrary.call("read_contact", 5)
        static let onboarding = SQLLibrary.call("read_onboarding", 5)
        static let customers = SQLLibrary.call("list_customers", 8)
        static let customerContacts = SQLLibrary.call("list_customer_contacts", 8)
        static let customerOnboardings = SQLLibrary.call("list_customer_onboardings", 11)
        static let onboardings = SQLLibrary.call("list_onboardings", 8)
    }

    private let reads: ReadResponder
    private let now: @Sendable () -> Date

    /// Makes the controller; `now` is what `/health` tells.
    package init(reads: ReadResponder, now: @escaping @Sendable () -> Date) {
        self.reads = reads
        self.now = now
    }

    /// Adds the endpoints to a router, as GET and HEAD.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.getAndHead("/api/v1/health") { _, _ in health }
        router.getAndHead("/api/v1/me") { request, _ in
            try await reads.respond(to: request) { _ in Read(statement: Statements.identity) }
        }
        addCustomers(to: router)
        addContacts(to: router)
        addOnboardings(to: router)
    }

    private func addCustomers(to router: Router<ServerRequestContext>) {
        router.getAndHead("/api/v1/customers") { request, _ in
            try await reads.respond(to: request) { items throws(PivotalError) in
                let list = try CustomerListRequest(items)
                let filters: [PostgresParameter] = [.text(list.status), .text(list.slug)]
                return Read(statement: Statements.customers, parameters: list.page.parameters + filters)
            }
        }
        router.getAndHead("/api/v1/customers/{id}") { request, context in
            try await object(request, context, Statements.customer, .customerNotFound)
        }
    }

    private func addContacts(to router: Router<ServerRequestContext>) {
        router.getAndHead("/api/v1/customers/{id}/contacts") { request, context in
            let customer = context.resource
            return try await reads.respond(to: request) { items throws(PivotalError) in
                let page = try PageRequest(items)
                return Read(statement: Statements.customerContacts, parameters: page.parameters + customer.parameters)
            }
        }
        router.getAndHead("/api/v1/contacts/{id}") { request, context in
            try await object(request, context, Statements.contact, .contactNotFound)
        }
    }

    private func addOnboardings(to router: Router<ServerRequestContext>) {
        router.getAndHead("/api/v1/onboardings") { request, _ in
            try await reads.respond(to: request) { items throws(PivotalError) in
                onboardings(try OnboardingListRequest(items))
            }
        }
        router.getAndHead("/api/v1/customers/{id}/onboardings") { request, context in
            let customer = context.resource
            return try await reads.respond(to: request) { items throws(PivotalError) in
                let rest: [PostgresParameter] = [.bool(false), .text(nil), .text(nil)]
                return Read(
                    statement: Statements.customerOnboardings,
                    parameters: try PageRequest(items).parameters + customer.parameters + rest
                )
            }
        }
        router.getAndHead("/api/v1/onboardings/{id}") { request, context in
            try await object(request, context, Statements.onboarding, .onboardingNotFound)
        }
    }

    private func onboardings(_ list: OnboardingListRequest) -> Read {
        let filters: [PostgresParameter] = [.text(list.state), .text(list.phase)]
        guard let customer = list.customer else {
            return Read(statement: Statements.onboardings, parameters: list.page.parameters + filters)
        }
        return Read(
            statement: Statements.customerOnboardings,
            parameters: list.page.parameters + customer.parameters + [.bool(true)] + filters
        )
    }

    private func object(
        _ request: Request,
        _ context: ServerRequestContext,
        _ statement: PostgresStatement,
        _ notFound: PivotalError
    ) async throws -> Response {
        let resource = context.resource
        return try await reads.respond(to: request) { _ in
            Read(statement: statement, parameters: resource.parameters, notFound: notFound)
        }
    }

    private var health: Response {
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let body = "{\"status\":\"ok\",\"timestamp\":\"\(time)\"}"
        return Response(json: ByteBuffer(string: body))
    }
}

extension PageRequest {
    /// The limit and the place to go on from, as the list statements take them.
    fileprivate var parameters: [PostgresParameter] {
        [
            .int4(limit),
            .timestamptz(cursor.map { PostgresTimestamp(microsecondsSince1970: $0.microseconds) }),
            .int8(cursor?.firstPosition.rawValue),
        ]
    }
}
