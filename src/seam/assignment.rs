//! The assignment: which tail goes on in which head, each at most once, so that the page as a whole is likeliest.

/// Chooses of `edges` (left, right, gain) those that give the greatest sum, no left and no right twice; gains must be
/// positive. Returns their indices in order.
///
/// The edges fall into small islands; each is solved exactly by paths that trade a choice for better ones. An island
/// beyond [`LARGEST_ISLAND`] is solved greedily: a page is never so broken, only a file made to be slow.
pub fn assign(edges: &[(usize, usize, f32)]) -> Vec<usize> {
    let mut chosen = Vec::new();
    for island in islands(edges) {
        if island.len() == 1 {
            chosen.extend(island);
        } else if island.len() <= LARGEST_ISLAND {
            chosen.extend(exact(edges, &island));
        } else {
            chosen.extend(greedy(edges, island));
        }
    }
    chosen.sort_unstable();
    chosen
}

/// Edges of the largest island that is solved exactly.
const LARGEST_ISLAND: usize = 400;

fn islands(edges: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    let n_lefts = edges.iter().map(|edge| edge.0 + 1).max().unwrap_or(0);
    let n_rights = edges.iter().map(|edge| edge.1 + 1).max().unwrap_or(0);
    let mut parents: Vec<usize> = (0..n_lefts + n_rights).collect();
    fn root(parents: &mut [usize], mut n: usize) -> usize {
        while parents[n] != n {
            parents[n] = parents[parents[n]];
            n = parents[n];
        }
        n
    }
    for edge in edges {
        let (left, right) = (root(&mut parents, edge.0), root(&mut parents, n_lefts + edge.1));
        parents[right.max(left)] = left.min(right);
    }
    let mut islands: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (n, edge) in edges.iter().enumerate() {
        islands.entry(root(&mut parents, edge.0)).or_default().push(n);
    }
    islands.into_values().collect()
}

fn greedy(edges: &[(usize, usize, f32)], mut island: Vec<usize>) -> Vec<usize> {
    island.sort_by(|a, b| edges[*b].2.total_cmp(&edges[*a].2).then(a.cmp(b)));
    let (mut lefts, mut rights) = (std::collections::HashSet::new(), std::collections::HashSet::new());
    island.retain(|n| {
        let (left, right, _) = edges[*n];
        if lefts.contains(&left) || rights.contains(&right) {
            return false;
        }
        lefts.insert(left);
        rights.insert(right);
        true
    });
    island
}

/// Augmenting paths of the greatest gain (Bellman and Ford) until none gains anything.
fn exact(edges: &[(usize, usize, f32)], island: &[usize]) -> Vec<usize> {
    let index = |ids: Vec<usize>| {
        let mut ids = ids;
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let lefts = index(island.iter().map(|n| edges[*n].0).collect());
    let rights = index(island.iter().map(|n| edges[*n].1).collect());
    let local: Vec<(usize, usize, f64)> = island
        .iter()
        .filter_map(|n| {
            let (left, right, gain) = edges[*n];
            Some((lefts.binary_search(&left).ok()?, rights.binary_search(&right).ok()?, f64::from(gain)))
        })
        .collect();
    let mut of_right: Vec<Option<usize>> = vec![None; rights.len()];
    let mut is_taken = vec![false; lefts.len()];
    loop {
        // The greatest gain with which each right can be reached, and the edge by which.
        let mut reach = vec![(f64::NEG_INFINITY, usize::MAX); rights.len()];
        for _ in 0..=rights.len() {
            let mut changed = false;
            for (n, &(left, right, gain)) in local.iter().enumerate() {
                if of_right[right] == Some(n) {
                    continue;
                }
                let start = if is_taken[left] {
                    let held = of_right.iter().position(|edge| edge.is_some_and(|edge| local[edge].0 == left));
                    held.map_or(f64::NEG_INFINITY, |held| {
                        reach[held].0 - of_right[held].map_or(0.0, |edge| local[edge].2)
                    })
                } else {
                    0.0
                };
                if start + gain > reach[right].0 + 1e-9 {
                    reach[right] = (start + gain, n);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let free = (0..rights.len()).filter(|right| of_right[*right].is_none());
        let Some(best) = free.max_by(|a, b| reach[*a].0.total_cmp(&reach[*b].0).then(b.cmp(a))) else { break };
        if reach[best].0 <= 1e-9 {
            break;
        }
        let mut right = best;
        loop {
            let edge = reach[right].1;
            let left = local[edge].0;
            let held = of_right.iter().position(|held| held.is_some_and(|held| local[held].0 == left));
            of_right[right] = Some(edge);
            is_taken[left] = true;
            match held {
                Some(held) if held != right => {
                    of_right[held] = None;
                    right = held;
                }
                _ => break,
            }
        }
    }
    of_right.into_iter().flatten().map(|edge| island[edge]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_as_a_whole_decides() {
        // The best single edge would leave the second left with nothing.
        assert_eq!(assign(&[(0, 0, 5.0), (0, 1, 4.0), (1, 0, 4.5)]), [1, 2]);
        assert_eq!(assign(&[(0, 0, 5.0), (0, 1, 0.2), (1, 0, 4.5)]), [0]);
        assert_eq!(assign(&[]), [0; 0]);
    }

    #[test]
    fn agrees_with_trying_everything() {
        let mut state = 7_u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for _ in 0..300 {
            let edges: Vec<(usize, usize, f32)> = (0..random(9))
                .map(|_| (random(4) as usize, random(4) as usize, 0.5 + random(90) as f32 / 10.0))
                .collect();
            let sum = |choice: &[usize]| choice.iter().map(|n| edges[*n].2).sum::<f32>();
            let best = (0..1_usize << edges.len())
                .map(|bits| (0..edges.len()).filter(|n| bits >> n & 1 == 1).collect::<Vec<_>>())
                .filter(|choice| {
                    let is_once = |side: fn(&(usize, usize, f32)) -> usize| {
                        let mut ids: Vec<usize> = choice.iter().map(|n| side(&edges[*n])).collect();
                        ids.sort_unstable();
                        ids.windows(2).all(|pair| pair[0] != pair[1])
                    };
                    is_once(|edge| edge.0) && is_once(|edge| edge.1)
                })
                .map(|choice| sum(&choice))
                .fold(0.0, f32::max);
            assert!((sum(&assign(&edges)) - best).abs() < 1e-3, "{edges:?}");
        }
    }
}
