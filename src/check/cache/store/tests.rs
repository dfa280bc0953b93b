use tempfile::TempDir;

use super::*;

fn key(name: &str) -> Digest {
    Digest::of(&[name.as_bytes()])
}

fn store() -> (TempDir, Store) {
    let root = tempfile::tempdir().unwrap();
    let store = Store::open(&root.path().join("cache")).unwrap();
    (root, store)
}

fn path(store: &Store, name: &str) -> PathBuf {
    store.directory.join(key(name).to_string())
}

fn make_older(path: &Path, by: Duration) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - by).unwrap();
}

#[test]
fn what_is_put_is_there() {
    let (root, store) = store();
    assert_eq!(store.get(&key("a")), None);
    store.put(&key("a"), b"one\n");
    store.put(&key("b"), b"");
    let again = Store::open(&root.path().join("cache")).unwrap();
    assert_eq!(again.get(&key("a")).unwrap(), b"one\n");
    assert_eq!(again.get(&key("b")).unwrap(), b"");
    store.put(&key("a"), b"two");
    assert_eq!(again.get(&key("a")).unwrap(), b"two");
    assert_eq!(store.failure(), None);
}

#[test]
fn every_damage_is_a_miss() {
    let (_root, store) = store();
    store.put(&key("a"), b"some bytes");
    store.put(&key("b"), b"other bytes");
    let path = path(&store, "a");
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert_eq!(store.get(&key("a")), None, "{length} bytes");
    }
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, flipped).unwrap();
        assert_eq!(store.get(&key("a")), None, "bit {bit}");
    }
    let other = fs::read(super::tests::path(&store, "b")).unwrap();
    for foreign in [
        [whole.as_slice(), b"x"].concat(),
        [b"x", whole.as_slice()].concat(),
        b"{}".to_vec(),
        other,
    ] {
        fs::write(&path, foreign).unwrap();
        assert_eq!(store.get(&key("a")), None);
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(store.get(&key("a")), None, "a directory");
    store.put(&key("a"), b"some bytes");
    assert!(store.failure().is_some());
    fs::remove_dir(&path).unwrap();
    store.put(&key("a"), b"some bytes");
    assert_eq!(store.get(&key("a")).unwrap(), b"some bytes");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let (root, store) = store();
    store.put(&key("a"), b"some bytes");
    let (inside, outside) = (path(&store, "a"), root.path().join("outside"));
    fs::rename(&inside, &outside).unwrap();
    symlink(&outside, &inside).unwrap();
    assert_eq!(store.get(&key("a")), None);
    store.put(&key("a"), b"other bytes");
    assert_eq!(store.get(&key("a")).unwrap(), b"other bytes");
    assert!(fs::read(&outside).unwrap().ends_with(b"some bytes"));
    symlink(&outside, store.directory.join(PRUNED)).unwrap();
    store.prune().unwrap();
    assert!(fs::read(&outside).unwrap().ends_with(b"some bytes"));

    let linked = root.path().join("linked");
    fs::create_dir(&linked).unwrap();
    symlink(&store.directory, linked.join(VERSION)).unwrap();
    assert!(Store::open(&linked).is_err());
}

#[cfg(unix)]
#[test]
fn the_directory_is_the_user_s_own() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let (root, store) = store();
    assert_eq!(mode(&root.path().join("cache")), 0o700);
    assert_eq!(mode(&store.directory), 0o700);
    store.put(&key("a"), b"some bytes");
    assert_eq!(mode(&path(&store, "a")), 0o600);
    for (others, is_own) in [(0o755, true), (0o770, false), (0o702, false)] {
        set(&store.directory, others);
        let opened = Store::open(&root.path().join("cache"));
        assert_eq!(opened.is_ok(), is_own, "{others:o}");
    }
}

#[test]
fn what_is_no_directory_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(Store::open(&file).is_err());
    fs::write(root.path().join(VERSION), "").unwrap();
    assert!(Store::open(root.path()).is_err());
}

#[test]
fn what_cannot_be_written_is_told() {
    let (root, store) = store();
    fs::remove_dir_all(root.path().join("cache")).unwrap();
    store.put(&key("a"), b"some bytes");
    assert!(store.failure().is_some());
    assert_eq!(store.get(&key("a")), None);
}

#[test]
fn old_entries_are_removed_and_nothing_else() {
    let (_root, store) = store();
    for name in ["old", "used", "new"] {
        store.put(&key(name), b"some bytes");
    }
    let (foreign, left) = (
        store.directory.join("notes.txt"),
        store.directory.join(".tmpabc"),
    );
    fs::write(&foreign, "mine").unwrap();
    fs::write(&left, "half").unwrap();
    for path in [&foreign, &left, &path(&store, "old"), &path(&store, "used")] {
        make_older(path, BOUNDS.unused + DAY);
    }
    // Reading counts as using.
    assert!(store.get(&key("used")).is_some());
    store.prune().unwrap();
    assert_eq!(store.get(&key("old")), None);
    assert!(store.get(&key("used")).is_some() && store.get(&key("new")).is_some());
    assert!(foreign.exists() && !left.exists());

    make_older(&path(&store, "new"), BOUNDS.unused + DAY);
    store.prune().unwrap();
    assert!(path(&store, "new").exists(), "once a day is enough");
    make_older(&store.directory.join(PRUNED), DAY * 2);
    store.prune().unwrap();
    assert!(!path(&store, "new").exists());
}

#[test]
fn only_so_much_is_kept() {
    let (_root, store) = store();
    for (index, name) in ["a", "b", "c"].into_iter().enumerate() {
        store.put(&key(name), &[0; 1000]);
        make_older(&path(&store, name), DAY * (5 - index as u32));
    }
    let bounds = Bounds {
        bytes: 2500,
        new: 3,
        ..BOUNDS
    };
    store.prune().unwrap();
    store.prune_to(bounds).unwrap();
    assert!(!path(&store, "a").exists(), "the oldest goes first");
    assert!(path(&store, "b").exists() && path(&store, "c").exists());
}

#[test]
fn writers_do_not_disturb_each_other() {
    let (root, _store) = store();
    let bytes = |number: u8| vec![number; 100_000];
    std::thread::scope(|scope| {
        for number in 0..8 {
            let directory = root.path().join("cache");
            scope.spawn(move || {
                let store = Store::open(&directory).unwrap();
                for _ in 0..20 {
                    store.put(&key("a"), &bytes(number));
                    let read = store.get(&key("a")).unwrap();
                    assert!(read == bytes(read[0]), "torn");
                }
                assert_eq!(store.failure(), None);
            });
        }
    });
    let names = fs::read_dir(root.path().join("cache").join(VERSION)).unwrap();
    let is_temporary = |name: &str| name.starts_with(TEMPORARY);
    let left =
        names.filter(|file| is_temporary(&file.as_ref().unwrap().file_name().to_string_lossy()));
    assert_eq!(left.count(), 0);
}
