import Crypto
import Foundation

/// Seals secrets for the database with AES-GCM under the master key, and opens them.
///
/// A sealed secret is nonce, ciphertext and tag. It is bound to its address: moved to another source, or changed in any
/// bit, it does not open.
package struct SecretSealer: Sendable {
    private let masterKey: MasterKey

    /// Creates a sealer.
    package init(_ masterKey: MasterKey) {
        self.masterKey = masterKey
    }

    /// Seals a secret under a fresh nonce.
    package func seal(_ secret: String, at address: SecretAddress) throws(EventLogError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                Array(secret.utf8),
                using: masterKey.key,
                authenticating: address.associatedData
            )
            return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw EventLogError(.databaseFailed, source: address.source, detail: "The secret could not be sealed.")
        }
    }

    /// Opens a sealed secret.
    ///
    /// Throws `unsealFailed` when it was sealed under another key or for another address, or was changed.
    package func open(_ sealed: [UInt8], at address: SecretAddress) throws(EventLogError) -> String {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            let opened = try AES.GCM.open(box, using: masterKey.key, authenticating: address.associatedData)
            return String(decoding: opened, as: UTF8.self)
        } catch {
            throw EventLogError(.unsealFailed, source: address.source)
        }
    }
}
