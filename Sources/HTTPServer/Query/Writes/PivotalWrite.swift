import Connectors
import Crypto
import Postgres
import Schema

/// A request that writes, as far as its path tells.
enum PivotalWrite: Write {
    case createCustomer
    case updateCustomer(ResourceIdentifier)
    case deleteCustomer(ResourceIdentifier)
    case createContact(customer: ResourceIdentifier)
    case updateContact(ResourceIdentifier)
    case deleteContact(ResourceIdentifier)
    case createOnboarding
    case updateOnboarding(ResourceIdentifier)
    case deleteOnboarding(ResourceIdentifier)

    private enum Statements {
        static let createCustomer = SQLLibrary.call("command_create_customer", 7)
        static let updateCustomer = SQLLibrary.call("command_update_customer", 6)
        static let delete = SQLLibrary.call("command_delete", 6)
        static let createContact = SQLLibrary.call("command_create_contact", 8)
        static let updateContact = SQLLibrary.call("command_update_contact", 6)
        static let createOnboarding = SQLLibrary.call("command_create_onboarding", 8)
        static let updateOnboarding = SQLLibrary.call("command_update_onboarding", 6)
    }

    var creates: Bool {
        switch self {
        case .createCustomer, .createContact, .createOnboarding: true
        case .updateCustomer, .deleteCustomer, .updateContact, .deleteContact, .updateOnboarding, .deleteOnboarding:
            false
        }
    }

    var hasBody: Bool {
        switch self {
        case .deleteCustomer, .deleteContact, .deleteOnboarding: false
        case .createCustomer, .createContact, .createOnboarding, .updateCustomer, .updateContact, .updateOnboarding:
            true
        }
    }

    var refusing: any Refusing { PivotalRefusing(notFound: notFound) }

    /// What `not_found` means.
    private var notFound: PivotalError {
        switch self {
        case .createCustomer, .updateCustomer, .deleteCustomer: .customerNotFound
        case .createContact, .updateContact, .deleteContact: .contactNotFound
        case .createOnboarding, .updateOnboarding, .deleteOnboarding: .onboardingNotFound
        }
    }

    func statement(
        body: [UInt8],
        idempotencyKey: String?
    ) throws(PivotalError) -> (PostgresStatement, [PostgresParameter]) {
        let repetition: [PostgresParameter] = [
            .text(idempotencyKey), .bytea(idempotencyKey.map { _ in Array(SHA256.hash(data: body)) }),
        ]
        switch self {
        case .createCustomer:
            let creation = try CustomerCreation(RequestBody(body))
            return (
                Statements.createCustomer,
                repetition + [.text(creation.derivedSlug), .jsonb(creation.attributes)]
            )
        case .createContact(let customer):
            let creation = try ContactCreation(RequestBody(body))
            return (Statements.createContact, repetition + customer.parameters + [.jsonb(creation.attributes)])
        case .createOnboarding:
            let creation = try OnboardingCreation(RequestBody(body))
            return (
                Statements.createOnboarding,
                repetition + creation.customer.parameters + [.jsonb(creation.attributes)]
            )
        case .updateCustomer(let id):
            return (
                Statements.updateCustomer, id.parameters + [.jsonb(try CustomerChange(RequestBody(body)).attributes)]
            )
        case .updateContact(let id):
            return (Statements.updateContact, id.parameters + [.jsonb(try ContactChange(RequestBody(body)).attributes)])
        case .updateOnboarding(let id):
            let change = try OnboardingChange(RequestBody(body))
            return (Statements.updateOnboarding, id.parameters + [.jsonb(change.attributes)])
        case .deleteCustomer(let id): return (Statements.delete, id.parameters + [.text("customer")])
        case .deleteContact(let id): return (Statements.delete, id.parameters + [.text("contact")])
        case .deleteOnboarding(let id): return (Statements.delete, id.parameters + [.text("onboarding")])
        }
    }
}
